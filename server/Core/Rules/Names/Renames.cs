// New names for things that nothing else refers to.
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>Fixes that give a thing another name. None where something refers to it by its old one, or has the new one already.</summary>
internal static class Renames
{
    /// <summary>Renames a resource together with its file.</summary>
    public static IEnumerable<CodeFix> OfResource(RuleContext context, string newName)
    {
        var (factory, resource, document) = (context.Factory, context.Resource, context.Document);
        if (newName.Length == 0 || newName == resource.Name || factory.IsReferenced(resource.Kind, resource.Name) || IsTaken(context, newName))
        {
            yield break;
        }

        var isWritten = resource.Root?.Find("name") is { IsImplied: false };
        var changes = isWritten && resource.Root!.FindValue("name") is BoundScalar name ? context.Edits.SetText(name, newName) : [];
        var isInOwnFile = document.Resources.Length == 1 && document.Classification.Name.Equals(resource.Name, StringComparison.OrdinalIgnoreCase);
        var newPath = isInOwnFile ? ResourcePath.WithName(document, newName) : document.Path;
        if ((isWritten ? !changes.IsEmpty : isInOwnFile) && (newPath == document.Path || !factory.HasFile(newPath)))
        {
            yield return new CodeFix($"Rename it to '{newName}'", new FixEdit(changes, newPath == document.Path ? [] : [new FileRename(document.Path, newPath)]));
        }
    }

    /// <summary>Renames an activity that neither a dependency nor an expression names.</summary>
    public static IEnumerable<CodeFix> OfActivity(RuleContext context, ActivityNode activity, string newName)
    {
        if (newName.Length == 0 || context.Graph.Find(newName) is not null || activity.Activity.Name is not { } name
            || context.Activities.Any(a => a.Dependencies.Any(d => d.Name.Equals(name.Text, StringComparison.OrdinalIgnoreCase)))
            || (name.Text.Length > 0 && IsMentioned(context, name.Text)))
        {
            yield break;
        }

        var changes = context.Edits.SetText(name, newName);
        if (!changes.IsEmpty)
        {
            yield return new CodeFix($"Rename it to '{newName}'", changes);
        }
    }

    /// <summary>Renames a parameter or variable that no expression of the resource, and no argument of another, can name.</summary>
    public static IEnumerable<CodeFix> OfDeclared(RuleContext context, BoundProperty declared, string newName)
    {
        if (newName.Length == 0 || IsMentioned(context, declared.Name) || context.Factory.IsReferenced(context.Kind, context.Resource.Name)
            || (declared.Parent as BoundObject)?.Find(newName) is not null
            || context.Activities.Any(a => declared.Name.Equals(a.TypeProperties?.FindString("variableName"), StringComparison.OrdinalIgnoreCase)))
        {
            yield break;
        }

        var changes = context.Edits.SetName(declared, newName);
        if (!changes.IsEmpty)
        {
            yield return new CodeFix($"Rename it to '{newName}'", changes);
        }
    }

    private static bool IsTaken(RuleContext context, string newName) =>
        !newName.Equals(context.Resource.Name, StringComparison.OrdinalIgnoreCase) && context.Factory.Has(context.Kind, newName);

    private static bool IsMentioned(RuleContext context, string name) => context.Expressions.Any(e => e.Site.Scalar.Text.Contains(name, StringComparison.OrdinalIgnoreCase));
}

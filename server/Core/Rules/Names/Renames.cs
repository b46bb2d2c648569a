// New names for things, given to them wherever they are named.
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>Fixes that give a thing another name, together with all that refers to it. None where the name is taken, or is no better.</summary>
internal static class Renames
{
    /// <summary>Renames a resource together with its file.</summary>
    public static IEnumerable<CodeFix> OfResource(RuleContext context, string newName)
    {
        var (factory, resource, document) = (context.Factory, context.Resource, context.Document);
        var isNamed = resource.Root?.Find("name") is { IsImplied: false };
        var isInOwnFile = document.Resources.Length == 1 && document.Classification.Name.Equals(resource.Name, StringComparison.OrdinalIgnoreCase);
        var newPath = isInOwnFile ? ResourcePath.WithName(document, newName) : document.Path;
        var isPossible = (isNamed || isInOwnFile) && (newPath == document.Path || !factory.HasFile(newPath)) && factory.Find(resource.Kind, resource.Name).Length == 1;
        return isPossible ? Make(context, Symbol.OfResource(resource.Kind, resource.Name), newName) : [];
    }

    public static IEnumerable<CodeFix> OfActivity(RuleContext context, ActivityNode activity, string newName) =>
        activity.Activity.Name is { Text.Length: > 0, Syntax: not null } && context.Activities.Count(a => a.Name.Equals(activity.Name, StringComparison.OrdinalIgnoreCase)) == 1
            ? Make(context, Symbol.OfActivity(context.Document, context.Resource.Name, activity.Name), newName)
            : [];

    /// <summary>Renames a parameter or a variable.</summary>
    public static IEnumerable<CodeFix> OfDeclared(RuleContext context, BoundProperty declared, string newName)
    {
        var isVariable = declared.Parent?.Parent is BoundProperty { Name: var section } && section.Equals("variables", StringComparison.OrdinalIgnoreCase);
        return context.Factory.Find(context.Kind, context.Resource.Name).Length != 1 ? [] : Make(
            context,
            isVariable ? Symbol.OfVariable(context.Document, context.Resource.Name, declared.Name) : Symbol.OfParameter(context.Kind, context.Resource.Name, declared.Name),
            newName);
    }

    public static IEnumerable<CodeFix> OfGlobalParameter(RuleContext context, string name, string newName) =>
        context.Factory.Count(ResourceKind.Factory) == 1 ? Make(context, Symbol.OfGlobalParameter(name), newName) : [];

    /// <summary>Renames a source, sink or transformation, in the script as well.</summary>
    public static IEnumerable<CodeFix> OfStream(RuleContext context, string name, string newName) => Make(context, Symbol.OfStream(context.Resource.Name, name), newName);

    private static IEnumerable<CodeFix> Make(RuleContext context, Symbol symbol, string newName)
    {
        if (newName != symbol.Name && NewNames.FindMistake(context.Factory, symbol, newName) is null)
        {
            yield return Renaming.MakeFix($"Rename it to '{newName}'", context.Factory, context.Document, symbol, newName);
        }
    }
}

// The things of a resource whose names the service reads: the resource itself, its activities, a factory's global parameters.
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>Something with a name.</summary>
/// <param name="Noun">What it is, for messages: <c>linked service</c>.</param>
/// <param name="Span">Where its name is written; of a resource whose file gives its name, the first character.</param>
/// <param name="Rename">Gives it another name, where that can be done without breaking anything.</param>
internal sealed record NamedThing(string Noun, string Name, TextSpan Span, NameGrammar Grammar, Func<string, IEnumerable<CodeFix>> Rename)
{
    /// <summary>Marks of texts that something else replaces before they are deployed: <c>#{env}#</c>, <c>$(env)</c>, <c>${env}</c>.</summary>
    private static readonly string[] Placeholders = ["#{", "$(", "${"];

    /// <summary>All of a resource, itself first. Without those whose name is to be put in by a template, or is no string.</summary>
    public static IEnumerable<NamedThing> FindAll(RuleContext context) => OfResource(context).Concat(OfActivities(context)).Concat(OfGlobalParameters(context));

    /// <summary>The resource; nothing where its name is no string, or it is none.</summary>
    public static IEnumerable<NamedThing> OfResource(RuleContext context)
    {
        if (context.Properties is not null && FindName(context.Resource) is { } name && !IsPlaceholder(name))
        {
            yield return new NamedThing(
                TypeNames.Describe(context.Kind), name, NameSpan(context), NameGrammar.Of(context.Kind), n => Renames.OfResource(context, n));
        }
    }

    public static IEnumerable<NamedThing> OfGlobalParameters(RuleContext context) =>
        context.Kind == ResourceKind.Factory && context.Properties?.FindValue("globalParameters") is BoundObject table
            ? table.Properties.Where(p => !IsPlaceholder(p.Name))
                .Select(p => new NamedThing("global parameter", p.Name, p.NameSpan, NameGrammar.Of(ResourceKind.Pipeline), n => Renames.OfGlobalParameter(context, p.Name, n)))
            : [];

    /// <summary>Where a resource's name is written, or its first character where it is left out.</summary>
    public static TextSpan NameSpan(RuleContext context) => context.Resource.NameSpan is { Length: > 0 } span
        ? span
        : new TextSpan(context.Resource.Root?.Span.Start ?? 0, Math.Min(1, context.Resource.Root?.Span.Length ?? 0));

    public static IEnumerable<NamedThing> OfActivities(RuleContext context) =>
        from activity in context.Activities
        let name = activity.Activity.Name
        where name is { Kind: ScalarKind.String } && !IsPlaceholder(name.Text) && !context.IsInactive(activity.Activity.Node)
        select new NamedThing("activity", name.Text, name.Span, NameGrammar.OfActivities, n => Renames.OfActivity(context, activity, n));

    /// <summary>Null where something else than a string stands for it.</summary>
    private static string? FindName(BoundResource resource) => resource.Root?.FindValue("name") switch
    {
        null => resource.Name,
        BoundScalar { Kind: ScalarKind.String } name => name.Text,
        _ => null,
    };

    private static bool IsPlaceholder(string name) => Placeholders.Any(p => name.Contains(p, StringComparison.Ordinal));
}

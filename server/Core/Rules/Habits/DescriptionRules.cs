// Habits that help whoever reads a factory: descriptions, folders, annotations, names that tell something.
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Rules.Names;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Habits;

/// <summary>A resource without a description.</summary>
internal sealed class UndescribedResourceRule() : Rule(new("PW5302", DiagnosticSeverity.Off, "Resource without a description"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Properties is { Shape: { } shape } properties && shape.FindProperty("description") is not null && Given.IsEmpty(properties.FindValue("description")))
        {
            yield return Descriptor.At(NamedThing.NameSpan(context), $"The {TypeNames.Describe(context.Kind)} '{context.Resource.Name}' has no description. Say what it is for.");
        }
    }
}

/// <summary>An activity without a description.</summary>
internal sealed class UndescribedActivityRule() : Rule(new("PW5303", DiagnosticSeverity.Off, "Activity without a description"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Activities
        where activity.Activity.Name is not null && Given.IsEmpty(activity.Activity.Node.FindValue("description"))
        select Descriptor.At(activity.Activity.Name!.Span, $"The activity '{activity.Name}' has no description. Say what it is for.");
}

/// <summary>A resource that Studio shows outside of all folders.</summary>
internal sealed class NoFolderRule() : Rule(new("PW5304", DiagnosticSeverity.Off, "Resource in no folder"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind is ResourceKind.Pipeline or ResourceKind.Dataset or ResourceKind.DataFlow && context.Properties is { } properties
            && Given.IsEmpty((properties.FindValue("folder") as BoundObject)?.FindValue("name")))
        {
            yield return Descriptor.At(NamedThing.NameSpan(context), $"The {TypeNames.Describe(context.Kind)} '{context.Resource.Name}' is in no folder. Give it one, so that it is found in Studio.");
        }
    }
}

/// <summary>A resource without annotations, by which monitoring can be filtered.</summary>
internal sealed class NoAnnotationRule() : Rule(new("PW5305", DiagnosticSeverity.Off, "Resource without annotations"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Properties is { Shape: { } shape } properties && shape.FindProperty("annotations") is not null && properties.FindValue("annotations") is not BoundArray { Items.IsEmpty: false })
        {
            yield return Descriptor.At(NamedThing.NameSpan(context), $"The {TypeNames.Describe(context.Kind)} '{context.Resource.Name}' has no annotations. Give it some, so that {(context.Kind is ResourceKind.Pipeline or ResourceKind.Trigger ? "its runs can be filtered" : "it can be found by them")}.");
        }
    }
}

/// <summary>A name that Studio gave and nobody changed.</summary>
internal sealed partial class GenericNameRule() : Rule(new("PW5310", DiagnosticSeverity.Off, "Name that tells nothing"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from thing in NamedThing.FindAll(context)
        where Proposed().IsMatch(thing.Name) || IsTypeName(context, thing)
        select Descriptor.At(thing.Span, $"'{thing.Name}' is the name that Studio proposed. Name the {thing.Noun} after what it is for.");

    /// <summary>The type of a dataset or linked service with a number, as <c>DelimitedText1</c>.</summary>
    private static bool IsTypeName(RuleContext context, NamedThing thing) => thing.Noun != "activity" && context.Properties?.FindString("type") is { } type
        && thing.Name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is var stem && stem.Length < thing.Name.Length && stem.Equals(type, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"^(Append variable|Azure Function|Copy data|Custom|Data flow|Delete|Execute Pipeline|Execute SSIS package|Fail|Filter|ForEach|Get Metadata|If Condition|Jar|Job|Lookup|Notebook|Python|Script|Set variable|Stored procedure|Switch|Until|Validation|Wait|Web|Webhook|pipeline|dataflow|trigger|flowlet)\d+(_copy\d+)*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Proposed();
}

internal static class Given
{
    /// <summary>Whether there is no value, null or no text.</summary>
    public static bool IsEmpty(BoundNode? value) => value is null or BoundScalar { Text: "" } or BoundScalar { Kind: Syntax.ScalarKind.Null };
}

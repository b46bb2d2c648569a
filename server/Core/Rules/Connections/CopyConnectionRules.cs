// Rules about what reads and writes a dataset: the source and sink of a copy, the source of a lookup, and their settings.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Connections;

/// <summary>A source or sink, with the dataset that it reads or writes.</summary>
/// <param name="IsSink">It writes.</param>
internal sealed record DataFlowEnd(BoundObject Node, ResourceSymbol Dataset, string DatasetType, bool IsSink)
{
    /// <summary>The ends of all activities that have one dataset at it; those whose dataset is not here are left out.</summary>
    public static IEnumerable<DataFlowEnd> FindAll(RuleContext context) => context.Activities.Where(a => !context.IsInactive(a.Activity.Node)).SelectMany(a => FindAll(context, a));

    private static IEnumerable<DataFlowEnd> FindAll(RuleContext context, ActivityNode activity)
    {
        var settings = activity.TypeProperties;
        if (activity.Is("Copy"))
        {
            return new[]
            {
                Make(context, settings?.FindValue("source"), First(activity, "inputs"), false),
                Make(context, settings?.FindValue("sink"), First(activity, "outputs"), true),
            }.OfType<DataFlowEnd>();
        }

        return Make(context, settings?.FindValue("source"), settings?.FindValue("dataset"), false) is { } end ? [end] : [];
    }

    private static DataFlowEnd? Make(RuleContext context, BoundNode? end, BoundNode? reference, bool isSink) =>
        end is BoundObject node && ConnectionContext.Resolve(context.Factory, ResourceKind.Dataset, reference) is { } dataset
        && ConnectionContext.TypeOf(dataset.Resource.Properties)?.Text is { } type ? new DataFlowEnd(node, dataset, type, isSink) : null;

    private static BoundNode? First(ActivityNode activity, string list) => activity.Activity.Node.FindValue(list) is BoundArray { Items: [var only] } ? only : null;
}

/// <summary>The type of a source or sink is that of its dataset: a Parquet dataset is read by a ParquetSource.</summary>
internal sealed class EndTypeRule() : Rule(new("PW4412", DiagnosticSeverity.Error, "Source or sink of another type than its dataset"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var end in DataFlowEnd.FindAll(context))
        {
            if (ConnectionContext.TypeOf(end.Node) is not { } type || ConnectionCatalog.Default.FindDataset(end.DatasetType) is not { } types || !ConnectionContext.IsKnown(end.Node))
            {
                continue;
            }

            var fitting = end.IsSink ? types.Writers : types.Readers;
            if (!fitting.IsEmpty && !ConnectionContext.Fits(fitting, type.Text))
            {
                yield return Descriptor.At(
                    type.Span,
                    $"The dataset '{end.Dataset.Name}' is of type {end.DatasetType}: it is {(end.IsSink ? "written by" : "read by")} {string.Join(" or ", fitting)}, not by {type.Text}.",
                    new CodeFix($"Change to {fitting[0]}", context.Edits.SetText(type, fitting[0])));
            }
        }
    }
}

/// <summary>The settings of where files are read or written belong to the place of the dataset: its linked service's type tells.</summary>
internal sealed class StoreSettingsRule() : Rule(new("PW4413", DiagnosticSeverity.Error, "Store settings of another type than the dataset's location"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var end in DataFlowEnd.FindAll(context))
        {
            if (ConnectionContext.TypeOf(end.Node.FindValue("storeSettings")) is { } type && ConnectionContext.IsKnown(end.Node.FindValue("storeSettings"))
                && ConnectionContext.LocationOf(end.Dataset) is { } location && ConnectionCatalog.Default.FindLocation(location) is { } types
                && (end.IsSink ? types.Writers : types.Readers) is { IsEmpty: false } fitting && !ConnectionContext.Fits(fitting, type.Text))
            {
                yield return Descriptor.At(
                    type.Span, $"The files of '{end.Dataset.Name}' are at a place of type {location}, whose settings are {fitting[0]}, not {type.Text}.",
                    new CodeFix($"Change to {fitting[0]}", context.Edits.SetText(type, fitting[0])));
            }
        }
    }
}

/// <summary>The settings of a format belong to the dataset's format.</summary>
internal sealed class FormatSettingsRule() : Rule(new("PW4414", DiagnosticSeverity.Error, "Format settings of another format than the dataset's"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var end in DataFlowEnd.FindAll(context).Where(e => ConnectionCatalog.Default.IsFormat(e.DatasetType)))
        {
            var wanted = end.DatasetType + (end.IsSink ? "WriteSettings" : "ReadSettings");
            if (ConnectionContext.TypeOf(end.Node.FindValue("formatSettings")) is { } type && ConnectionContext.IsKnown(end.Node.FindValue("formatSettings"))
                && !type.Text.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            {
                yield return Descriptor.At(
                    type.Span, $"The dataset '{end.Dataset.Name}' is of format {end.DatasetType}, whose settings are {wanted}, not {type.Text}.",
                    new CodeFix($"Change to {wanted}", context.Edits.SetText(type, wanted)));
            }
        }
    }
}

/// <summary>Binary files are copied as they are: from Binary to Binary (Microsoft's documentation of the format).</summary>
internal sealed class BinaryCopyRule() : Rule(new("PW4415", DiagnosticSeverity.Error, "Binary copied from or to another format"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var activity in context.Activities.Where(a => a.Is("Copy") && !context.IsInactive(a.Activity.Node)))
        {
            var source = ConnectionContext.TypeOf(activity.TypeProperties?.FindValue("source"));
            var sink = ConnectionContext.TypeOf(activity.TypeProperties?.FindValue("sink"));
            if (source is not null && sink is not null && Is(source, "BinarySource") != Is(sink, "BinarySink"))
            {
                yield return Descriptor.At(
                    sink.Span, $"'{activity.Name}' copies from {source.Text} to {sink.Text}. Binary files can only be copied to binary files: use datasets of the files' own format, or Binary at both ends.");
            }
        }
    }

    private static bool Is(BoundScalar type, string name) => type.Text.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>An activity on a linked service of a type that it cannot run on.</summary>
internal sealed class ActivityLinkedServiceRule() : Rule(new("PW4416", DiagnosticSeverity.Error, "Activity on a linked service of another type"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var activity in context.Activities.Where(a => !context.IsInactive(a.Activity.Node)))
        {
            var reference = activity.Activity.Node.FindValue("linkedServiceName") as BoundObject;
            var fitting = ConnectionCatalog.Default.FindActivity(activity.Activity.Type ?? "");
            if (!fitting.IsEmpty && reference?.FindValue("referenceName") is BoundScalar name
                && ConnectionContext.TypeOfTarget(context.Factory, ResourceKind.LinkedService, reference) is { } actual && !ConnectionContext.Fits(fitting, actual))
            {
                var others = context.Factory.OfKind(ResourceKind.LinkedService)
                    .Where(s => ConnectionContext.TypeOf(s.Resource.Properties) is { } t && ConnectionContext.Fits(fitting, t.Text)).Select(s => s.Name).Take(3).ToImmutableArray();
                yield return Descriptor.At(
                    name.Span,
                    $"A {activity.Activity.Type} activity runs on a linked service of type {string.Join(", ", fitting.Take(4))}{(fitting.Length > 4 ? " and more" : "")}; '{name.Text}' is of type {actual}.",
                    [.. others.Select(o => new CodeFix($"Change to '{o}'", context.Edits.SetText(name, o)) { IsPreferred = others.Length == 1 ? null : false })]);
            }
        }
    }
}

// Rules about a dataset and the linked service that it is reached by.
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Connections;

/// <summary>A dataset of a table, object or old-style file on a linked service of another type: it cannot be read.</summary>
internal sealed class DatasetLinkedServiceRule() : Rule(new("PW4410", DiagnosticSeverity.Error, "Dataset on a linked service of another type"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind != ResourceKind.Dataset || ConnectionContext.TypeOf(context.Properties) is not { } type
            || ConnectionCatalog.Default.FindDataset(type.Text) is not { LinkedServices: { IsEmpty: false } fitting }
            || ConnectionContext.TypeOfTarget(context.Factory, ResourceKind.LinkedService, context.Properties!.FindValue("linkedServiceName")) is not { } actual
            || ConnectionContext.Fits(fitting, actual))
        {
            yield break;
        }

        var others = context.Factory.OfKind(ResourceKind.LinkedService)
            .Where(s => ConnectionContext.TypeOf(s.Resource.Properties) is { } t && ConnectionContext.Fits(fitting, t.Text)).Select(s => s.Name).Take(3).ToList();
        var name = (BoundScalar)((BoundObject)context.Properties.FindValue("linkedServiceName")!).FindValue("referenceName")!;
        yield return Descriptor.At(
            name.Span,
            $"A dataset of type {type.Text} is on a linked service of type {string.Join(" or ", fitting)}; '{name.Text}' is of type {actual}.",
            [.. others.Select(o => new CodeFix($"Change to '{o}'", context.Edits.SetText(name, o)) { IsPreferred = others.Count == 1 ? null : false })]);
    }
}

/// <summary>The place of a dataset's files is of another type than its linked service.</summary>
internal sealed class DatasetLocationRule() : Rule(new("PW4411", DiagnosticSeverity.Error, "Location of another type than the linked service"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var location = (context.Properties?.FindValue("typeProperties") as BoundObject)?.FindValue("location");
        if (context.Kind != ResourceKind.Dataset || ConnectionContext.TypeOf(location) is not { } type
            || ConnectionCatalog.Default.FindLocation(type.Text) is not { LinkedServices: { IsEmpty: false } fitting }
            || ConnectionContext.TypeOfTarget(context.Factory, ResourceKind.LinkedService, context.Properties!.FindValue("linkedServiceName")) is not { } actual
            || ConnectionContext.Fits(fitting, actual))
        {
            yield break;
        }

        var better = ConnectionCatalog.Default.FindLocationOf(actual);
        yield return Descriptor.At(
            type.Span,
            $"'{type.Text}' is for a linked service of type {string.Join(" or ", fitting)}; this dataset's is of type {actual}." + (better is null ? "" : $" Write {better}."),
            better is null ? [] : [new CodeFix($"Change to {better}", context.Edits.SetText(type, better))]);
    }
}

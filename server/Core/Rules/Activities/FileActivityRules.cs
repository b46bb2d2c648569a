// Rules about activities that look at files: what they ask for, and whether their dataset names such a thing.
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Rules.Connections;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>What the dataset of an activity is about.</summary>
internal enum DatasetSubject
{
    /// <summary>It depends on expressions, or the dataset is not here.</summary>
    Unknown,
    File,
    Folder,

    /// <summary>A table, or an object of another kind.</summary>
    Table,
}

internal static class DatasetSubjects
{
    /// <summary>Properties of datasets that lie in files, old and new.</summary>
    private static readonly string[] FileProperties = ["location", "folderPath", "fileName", "bucketName", "relativeUrl"];

    public static ResourceSymbol? FindDataset(RuleContext context, ActivityNode activity) => ConnectionContext.Resolve(context.Factory, ResourceKind.Dataset, activity.FindValue("dataset"));

    /// <summary>Where a dataset of files has its folder and file; null for one of another kind.</summary>
    public static BoundObject? FindLocation(ResourceSymbol dataset) => ConnectionContext.TypeOf(dataset.Resource.Properties) is { } type && ConnectionCatalog.Default.IsFormat(type.Text)
        ? (dataset.Resource.Properties!.FindValue("typeProperties") as BoundObject)?.FindValue("location") as BoundObject
        : null;

    public static DatasetSubject Of(ResourceSymbol? dataset)
    {
        if (dataset is null || ConnectionContext.TypeOf(dataset.Resource.Properties) is not { } type || ConnectionCatalog.Default.FindDataset(type.Text) is null)
        {
            return DatasetSubject.Unknown;
        }

        if (FindLocation(dataset) is { } location)
        {
            return OfLocation(location);
        }

        var shape = dataset.Resource.Properties!.Shape?.FindProperty("typeProperties")?.Type as ObjectType;
        return ConnectionCatalog.Default.IsFormat(type.Text) || FileProperties.Any(p => shape?.FindProperty(p) is not null) ? DatasetSubject.Unknown : DatasetSubject.Table;
    }

    /// <summary>Of what lies behind an address nobody knows what it is.</summary>
    private static DatasetSubject OfLocation(BoundObject location) => ActivityReading.Given(location.FindValue("fileName")) switch
    {
        _ when ConnectionContext.TypeOf(location) is not { } type || type.Text.StartsWith("Http", StringComparison.OrdinalIgnoreCase) => DatasetSubject.Unknown,
        null or BoundScalar { Text: "" } => DatasetSubject.Folder,
        { } name => ActivityReading.Literal(name) is { Text: var text } && !HasWildcard(text) ? DatasetSubject.File : DatasetSubject.Unknown,
    };

    public static bool HasWildcard(string path) => path.AsSpan().ContainsAny('*', '?');

    public static string Describe(DatasetSubject subject) => subject switch
    {
        DatasetSubject.File => "a file",
        DatasetSubject.Folder => "a folder",
        _ => "no files",
    };
}

/// <summary>A Get Metadata that asks for nothing: Studio wants one field at least.</summary>
internal sealed class NoFieldRule() : Rule(new("PW4235", DiagnosticSeverity.Warning, "Get Metadata that asks for nothing"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("GetMetadata")
        where activity.TypeProperties is not null && activity.FindValue("fieldList") is null or BoundArray { Items.IsEmpty: true }
        let list = activity.TypeProperties!.Find("fieldList")
        select Descriptor.At(
            list is { IsImplied: false } ? list.NameSpan : activity.Anchor(), $"'{activity.Name}' asks for nothing. Name what it is to find out in 'fieldList': [exists], or [childItems].");
}

/// <summary>What an activity asks of a file is asked of a folder, or the other way round (Microsoft's documentation of Get Metadata and Validation).</summary>
internal sealed class FieldSubjectRule() : Rule(new("PW4236", DiagnosticSeverity.Warning, "Asked of a folder what only files have"))
{
    /// <summary>Fields with what has them.</summary>
    private static readonly Dictionary<string, DatasetSubject[]> Subjects = new(StringComparer.OrdinalIgnoreCase)
    {
        ["childItems"] = [DatasetSubject.Folder],
        ["size"] = [DatasetSubject.File],
        ["contentMD5"] = [DatasetSubject.File],
        ["structure"] = [DatasetSubject.File, DatasetSubject.Table],
        ["columnCount"] = [DatasetSubject.File, DatasetSubject.Table],
        ["minimumSize"] = [DatasetSubject.File],
    };

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var activity in context.Running("GetMetadata", "Validation"))
        {
            var dataset = DatasetSubjects.FindDataset(context, activity);
            var subject = DatasetSubjects.Of(dataset);
            foreach (var (field, place) in subject == DatasetSubject.Unknown ? [] : FieldsOf(activity))
            {
                if (Subjects.TryGetValue(field, out var having) && !having.Contains(subject) && (subject != DatasetSubject.Table || activity.Is("GetMetadata")))
                {
                    var wanted = having[0] == DatasetSubject.Folder ? "folders" : having.Length == 1 ? "files" : "files and tables";
                    yield return Descriptor.At(
                        place, $"Only {wanted} have '{field}'; the dataset '{dataset!.Name}' names {DatasetSubjects.Describe(subject)}. {Advise(having[0], subject)}");
                }
            }
        }
    }

    private static IEnumerable<(string Field, TextSpan Place)> FieldsOf(ActivityNode activity) => activity.Is("GetMetadata")
        ? (activity.FindValue("fieldList") as BoundArray)?.Items.Select(ActivityReading.Literal).OfType<BoundScalar>().Select(f => (f.Text, f.Span)) ?? []
        : activity.TypeProperties?.Properties.Where(p => !p.IsImplied && ActivityReading.Given(p.Value) is not null).Select(p => (p.Name, p.NameSpan)) ?? [];

    private static string Advise(DatasetSubject wanted, DatasetSubject subject) => subject switch
    {
        DatasetSubject.Table => "Ask a dataset of files.",
        _ when wanted == DatasetSubject.Folder => "Ask a dataset without a file name.",
        _ => "Ask a dataset with a file name.",
    };
}

/// <summary>Get Metadata takes no wildcards in the path of its dataset (Microsoft's documentation of the activity).</summary>
internal sealed class MetadataWildcardRule() : Rule(new("PW4237", DiagnosticSeverity.Warning, "Wildcard where none is known"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("GetMetadata")
        let dataset = DatasetSubjects.FindDataset(context, activity)
        where dataset is not null
        let location = DatasetSubjects.FindLocation(dataset)
        let path = location is null ? null : ((string[])["fileName", "folderPath"]).Select(p => ActivityReading.Literal(location.FindValue(p))).FirstOrDefault(p => p is not null && DatasetSubjects.HasWildcard(p.Text))
        where path is not null && location!.Find("relativeUrl") is null
        let reference = (activity.FindValue("dataset") as BoundObject)?.FindValue("referenceName")
        where reference is not null
        select Descriptor.At(
            reference.Span, $"Get Metadata knows no wildcards, and takes '{path.Text}' in the dataset '{dataset.Name}' as it is written. Ask for the 'childItems' of the folder, and filter them.") with
        {
            Related = [new RelatedPlace(dataset.Document.Path, path.Span, "the wildcard")],
        };
}

/// <summary>A Validation that asks for a size asks of a file, and one that asks for child items of a folder (Microsoft's documentation of the activity).</summary>
internal sealed class ValidationChoiceRule() : Rule(new("PW4238", DiagnosticSeverity.Warning, "Validation of a file and a folder at once"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("Validation")
        where activity.FindValue("minimumSize") is not null && activity.FindValue("childItems") is not null
        let children = activity.TypeProperties!.Find("childItems")
        let size = activity.TypeProperties!.Find("minimumSize")
        select Descriptor.At(
            children.NameSpan, "'childItems' is for folders, 'minimumSize' for files. Keep the one that fits the dataset.",
            ActivityReading.Possible(
                new CodeFix("Remove 'childItems'", context.Edits.Remove(children)) { IsPreferred = false },
                new CodeFix("Remove 'minimumSize'", context.Edits.Remove(size)) { IsPreferred = false }));
}

/// <summary>An activity for files has a dataset of a table (Microsoft's documentation of Validation and Delete).</summary>
internal sealed class FileDatasetRule() : Rule(new("PW4239", DiagnosticSeverity.Warning, "Activity for files on a table"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("Validation", "Delete")
        let dataset = DatasetSubjects.FindDataset(context, activity)
        where DatasetSubjects.Of(dataset) == DatasetSubject.Table
        let reference = (activity.FindValue("dataset") as BoundObject)?.FindValue("referenceName")
        where reference is not null
        select Descriptor.At(
            reference.Span, $"'{activity.Name}' works on files and folders; the dataset '{dataset.Name}' is of type {ConnectionContext.TypeOf(dataset.Resource.Properties)!.Text}. Give it a dataset of files.");
}

using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Tests.Mutations;

/// <summary>Files and names of resources, and what is in data flows and factories.</summary>
internal static class ResourceMutations
{
    public static ImmutableArray<Mutation> All { get; } =
    [
        Kind("name that is not the file's", ["PW2010"], s => s.Resource.Root is { } root && HasOwnName(s) ? [s.Set(root, "name", Typing.Misspell(s.Resource.Name) ?? "other")] : []),
        Kind("slash in the name of a resource", ["PW5001"], s => s.Resource.Root is { } root && HasOwnName(s) ? [s.Set(root, "name", s.Resource.Name + "/x")] : []),
        Kind("name of a resource longer than 260", ["PW5002"], s => s.Resource.Root is { } root && HasOwnName(s) ? [s.Set(root, "name", s.Resource.Name + new string('x', 261))] : []),
        Kind("dash in the name of a dataset or linked service", ["PW5004"], s => s.Resource.Root is { } root && s.Resource.Kind is ResourceKind.Dataset or ResourceKind.LinkedService && !s.Resource.Name.Contains('-', StringComparison.Ordinal)
            ? [s.Set(root, "name", s.Resource.Name + "-dev")] : []),
        Kind("copy of a file with the name left as it was", ["PW4002"], s => HasOwnName(s) && s.Resource.Root?.FindValue("name") is BoundScalar { Syntax: not null } name
            ? [new Mistake([]) { At = [name.Span], Other = (s.Document.Path.Replace(".json", "_copy1.json", StringComparison.Ordinal), s.Text) }] : []) with { Form = ResourceForm.Git },
        Kind("file in the folder of another kind", ["PW5022", "PW5021", "PW2006", "PW2001", "PW2003"], s => (Folder(s, "pipeline", "dataset") ?? Folder(s, "dataset", "pipeline") ?? Folder(s, "linkedService", "dataset")) is { } moved
            ? [new Mistake([]) { Path = moved, At = [s.Resource.Root!.Span] }] : []) with { Form = ResourceForm.Git },
        Kind("resource type of another kind", ["PW5021"], s => s.Resource.Root is { } root ? [s.Set(root, "type", s.Resource.Kind == ResourceKind.Dataset ? "Microsoft.DataFactory/factories/pipelines" : "Microsoft.DataFactory/factories/datasets")] : []) with { Form = ResourceForm.Git },
        Kind("folder as a text", ["PW2002"], s => s.Properties is { } p && p.Shape?.FindProperty("folder") is not null ? [s.Set(p, "folder", new NewScalar("raw"))] : []) with { Kinds = [ResourceKind.Pipeline, ResourceKind.Dataset] },
        Kind("annotations as a text", ["PW2002"], s => s.Properties is { } p ? [s.Set(p, "annotations", new NewScalar("raw"))] : []) with { Kinds = [ResourceKind.Pipeline, ResourceKind.Dataset, ResourceKind.LinkedService, ResourceKind.Trigger] },
        Kind("two streams of one name", ["PW5011"], s => Streams(s).Skip(1).Select(x => s.SetText(x, Streams(s).First().Text, x.Span))) with { Kinds = [ResourceKind.DataFlow] },
        Kind("space in the name of a stream", ["PW5009"], s => Streams(s).Select(x => s.SetText(x, x.Text + " one"))) with { Kinds = [ResourceKind.DataFlow] },
        Kind("global parameter of an unknown type", ["PW2004", "PW2005"], s => from d in Declared.In(s.Properties, "globalParameters") where (d.Node.Value as BoundObject)?.FindValue("type") is BoundScalar { Syntax: not null } select s.SetText((BoundScalar)((BoundObject)d.Node.Value).FindValue("type")!, "varchar")) with { Kinds = [ResourceKind.Factory] },
    ];

    private static Mutation Kind(string name, ImmutableArray<string> codes, Func<Subject, IEnumerable<Mistake?>> seed) => new("resources", name, codes, seed);

    private static string? Folder(Subject subject, string from, string to) => subject.Document.Path.StartsWith(from + "/", StringComparison.Ordinal) ? to + "/" + subject.Document.Path[(from.Length + 1)..] : null;

    /// <summary>A factory and a network are one of a kind.</summary>
    private static bool HasOwnName(Subject subject) => subject.Resource.Kind is not (ResourceKind.Factory or ResourceKind.ManagedVirtualNetwork);

    private static IEnumerable<BoundScalar> Streams(Subject subject) => from list in (string[])["sources", "sinks", "transformations"]
                                                                        where subject.Type is "MappingDataFlow" or "Flowlet"
                                                                        from item in (subject.TypeProperties?.FindValue(list) as BoundArray)?.Items.OfType<BoundObject>() ?? []
                                                                        where item.FindValue("name") is BoundScalar { Syntax: not null }
                                                                        select (BoundScalar)item.FindValue("name")!;
}

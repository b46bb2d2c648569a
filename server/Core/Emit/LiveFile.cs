// The file of what the service answers about a resource, without what only the service writes.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Emit;

public static class LiveFile
{
    /// <summary>What changes by itself, and by which no two factories agree: beside what the schema calls read-only.</summary>
    private static readonly ImmutableHashSet<string> OfService = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "runtimeState", "lastPublishTime", "connectionState");

    /// <summary>The file of a resource that no file of the factory declares, in the form of its neighbours.</summary>
    /// <param name="beside">A document that refers to it; null for none.</param>
    /// <returns>Null for an answer that is no resource.</returns>
    public static FileCreation? Create(FactorySnapshot factory, LiveEntry entry, ResourceDocument? beside)
    {
        var isSpec = factory.OfKind(entry.Kind).FirstOrDefault()?.Document.IsSpec ?? beside?.IsSpec ?? IsMostlySpec(factory);
        return Create(factory, entry, isSpec, beside);
    }

    /// <summary>The same in a form.</summary>
    public static FileCreation? Create(FactorySnapshot factory, LiveEntry entry, bool isSpec, ResourceDocument? beside)
    {
        var path = FilePlace.Find(factory, entry.Kind, entry.Name, entry.Network, isSpec, beside);
        return Write(entry, path) is { } text ? new FileCreation(path, text) : null;
    }

    /// <summary>The text for a file at a path, in the form that the path tells.</summary>
    /// <returns>Null for an answer that is no resource, and for a path that is none of a resource.</returns>
    public static string? Write(LiveEntry entry, string path)
    {
        if (FileClassification.Classify(path) is not { } classification || ToGit(entry) is not { } git)
        {
            return null;
        }

        if (classification.Form == ResourceForm.Git)
        {
            return git;
        }

        var document = ResourceDocument.Create(path, new SourceText(git), classification with { Form = ResourceForm.Git });
        return Conversion.ToSpec(document) is [var file] ? file.Text : null;
    }

    /// <summary>Whether a factory without the kind asked for is written in the spec form.</summary>
    public static bool IsMostlySpec(FactorySnapshot factory) => Enum.GetValues<ResourceKind>().SelectMany(factory.OfKind).FirstOrDefault()?.Document.IsSpec == true;

    private static string? ToGit(LiveEntry entry)
    {
        if (entry.Symbol.Resource.Root is not { } root || root.Find("properties") is not { Value: BoundObject properties } held)
        {
            return null;
        }

        // Of the factory itself only its global parameters are anybody's to write down: the rest is made where it is.
        var kept = properties.Properties.Where(p => entry.Kind == ResourceKind.Factory
            ? p.Name.Equals("globalParameters", StringComparison.OrdinalIgnoreCase)
            : p.Schema is not { IsReadOnly: true } && !OfService.Contains(p.Name) && p.Value is not BoundScalar { Kind: Syntax.ScalarKind.Null });
        var name = new BoundProperty(null, default, "name", null, new BoundScalar(null, default, null, entry.Name, Syntax.ScalarKind.String));
        var body = new BoundProperty(null, default, "properties", held.Schema, new BoundObject(
            null, properties.Span, properties.Type, properties.Shape, [.. kept.Select(p => new BoundProperty(null, p.Span, p.Name, p.Schema, p.Value))], []));
        return JsonTextWriter.Write(new BoundObject(null, root.Span, root.Type, root.Shape, [name, body], []), "\t") + "\n";
    }
}

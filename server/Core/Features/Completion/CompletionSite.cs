// What stands at the cursor: the one decision that all kinds of completion share.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Features.Completion;

/// <summary>Something that can be written at the cursor.</summary>
/// <param name="Place">What the schema says about it.</param>
internal abstract record CompletionSite(SchemaPlace Place, Insertion Insertion)
{
    /// <summary>
    /// What can be written at <paramref name="offset"/>: nothing in a comment or in free text, and more than one thing where the spec form
    /// lets a value be short or long.
    /// </summary>
    public static ImmutableArray<CompletionSite> Find(ResourceDocument document, int offset)
    {
        var cursor = new CursorText(document.Syntax, offset);
        if (document.IsForeign || cursor.IsInComment)
        {
            return [];
        }

        var places = new SchemaPlaces(document);
        var flow = new FlowSites(cursor, places);
        return cursor.Language == SyntaxLanguage.Json || flow.IsInside
            ? [.. flow.Find()]
            : [.. new BlockSites(cursor, places, document.Syntax).Find()];
    }
}

/// <summary>A property of an object.</summary>
/// <param name="Place">That of the object.</param>
/// <param name="Levels">The objects whose properties may be written here, outermost first; empty for a map of the spec form that stands for a list.</param>
/// <param name="Entry">The entry whose key the cursor is in; null for a new one.</param>
internal sealed record PropertySite(SchemaPlace Place, Insertion Insertion, ImmutableArray<SiteLevel> Levels, MappingSyntax? Mapping, MappingEntrySyntax? Entry)
    : CompletionSite(Place, Insertion)
{
    /// <summary>Only the key is wanted: its colon, or at least its value, is there.</summary>
    public bool HasValue => Entry is { Separator: not null } or { Value: not null };

    /// <summary>Whether the object is a new item of a list, of which nothing is there yet but the word that is being typed.</summary>
    public bool IsNewItem => !HasValue && Place is { Key: null, Holder: not null } && (Mapping is null or { Entries.IsEmpty: true } || (Entry is not null && Mapping.Entries.Length == 1));

    /// <summary>Whether the object has a property already, other than the one that the cursor is in.</summary>
    public bool Has(SiteLevel level, string name) => level.Content is { } content
        && content.Properties.Any(p => p.Entry is { } entry && entry != Entry && p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public WrittenTemplate Write(string key, Template value) => HasValue
        ? TemplateWriter.WriteKey(Insertion, key, addsColon: Entry!.Separator is null)
        : TemplateWriter.WriteEntries(Insertion, new TemplateEntry(key, value));
}

/// <summary>The value of a key, or an item of a list.</summary>
internal sealed record ValueSite(SchemaPlace Place, Insertion Insertion) : CompletionSite(Place, Insertion)
{
    /// <summary>The mapping that holds the value in block YAML, where further members can be written below it.</summary>
    public MappingSyntax? BlockMapping { get; init; }

    /// <summary>The object that the value is a property of.</summary>
    public BoundObject? Owner => Place.Holder as BoundObject;

    public WrittenTemplate Write(Template value) => TemplateWriter.WriteValue(Insertion, value);
}

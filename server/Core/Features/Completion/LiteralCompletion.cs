using Pipewright.Core.Binding;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Features.Completion;

/// <summary>Values that the schema lists: allowed values, true and false, the default; in JSON the braces and brackets of what must be there.</summary>
internal static class LiteralCompletion
{
    public static void Add(CompletionList list, CompletionRequest request, ValueSite site)
    {
        var place = site.Place;
        if (place.OwnProperty is { } property && property.IsComputed && site.Insertion.Quote is null)
        {
            list.Add(site, CompletionRank.Value, "@expression", CompletionKind.Snippet, site.Write(ValueTemplates.Expression(place.IsSpec)), "computed in the run");
            return;
        }

        switch (place.Type)
        {
            case ScalarType scalar:
                AddScalar(list, site, scalar, place.OwnProperty?.Default);
                break;
            case ObjectType type when place.IsSpec && SpecForm.IsTypeShorthand(type) && type.FindProperty("type")?.Type is ScalarType shorthand:
                AddScalar(list, site, shorthand, null);
                break;
            case ObjectType type when site.Insertion is { Quote: null, Notation: not Notation.Block } && !(place.IsSpec && place.AllowsScalar):
                Add(list, site, place.Holder is null ? CompletionRank.Default : CompletionRank.Snippet, "{ }", Named(request, place, ValueTemplates.NewObject(type, place.IsSpec)));
                break;
            case DiscriminatedType type when site.Insertion is { Quote: null, Notation: not Notation.Block }:
                Add(list, site, CompletionRank.Snippet, "{ }", new MapTemplate([new(type.DiscriminatorName, new StopTemplate())]));
                break;
            case ArrayType when site.Insertion is { Quote: null, Notation: not Notation.Block }:
                Add(list, site, CompletionRank.Snippet, "[ ]", ListTemplate.Empty);
                break;
        }
    }

    /// <summary>A whole resource has the name that its file gives.</summary>
    private static MapTemplate Named(CompletionRequest request, SchemaPlace place, MapTemplate value) => place.Holder is null
        ? new MapTemplate([.. value.Entries.Select(e => e.Key == "name" ? e with { Value = new TextTemplate(request.Document.Classification.Name) } : e)])
        : value;

    private static void AddScalar(CompletionList list, ValueSite site, ScalarType type, string? defaultJson)
    {
        var isString = type.Kind is ValueKind.String or ValueKind.Any;
        var standard = defaultJson is null ? null : ValueTemplates.OfJson(defaultJson) as TextTemplate;
        foreach (var value in type.AllowedValues)
        {
            var isDefault = value.Equals(standard?.Text, StringComparison.OrdinalIgnoreCase);
            AddText(list, site, CompletionRank.Value, CompletionKind.EnumValue, new TextTemplate(value, isString), isDefault ? "default" : null);
        }

        if (type.Kind == ValueKind.Boolean)
        {
            AddText(list, site, CompletionRank.Value, CompletionKind.Keyword, new TextTemplate("true", false), standard?.Text == "true" ? "default" : null);
            AddText(list, site, CompletionRank.Value, CompletionKind.Keyword, new TextTemplate("false", false), standard?.Text == "false" ? "default" : null);
        }
        else if (standard is { Text.Length: > 0 })
        {
            AddText(list, site, CompletionRank.Default, CompletionKind.Value, standard, "default");
        }
    }

    /// <summary>A value that is not a string can't be written inside of quotes.</summary>
    private static void AddText(CompletionList list, ValueSite site, CompletionRank rank, CompletionKind kind, TextTemplate value, string? detail)
    {
        if (value.IsString || site.Insertion.Quote is null)
        {
            list.Add(site, rank, value.Text, kind, site.Write(value), detail);
        }
    }

    private static void Add(CompletionList list, ValueSite site, CompletionRank rank, string label, Template value) =>
        list.Add(site, rank, label, CompletionKind.Snippet, site.Write(value), TypeNames.DescribeValue(site.Place.Type!));
}

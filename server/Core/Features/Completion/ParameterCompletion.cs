using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Features.Completion;

/// <summary>The parameters of what is called: their names beside a reference, and values by their declared types.</summary>
internal static class ParameterCompletion
{
    public static void AddNames(CompletionList list, CompletionRequest request, PropertySite site)
    {
        if (site.Place.Key is null || FindDeclared(request, site.Place.Holder as BoundObject, site.Place.Key) is not { } declared)
        {
            return;
        }

        var content = site.Mapping is null ? null : new SchemaPlaces(request.Document).FindBound(site.Mapping) as BoundObject;
        foreach (var parameter in declared.Properties)
        {
            if (content?.Properties.Any(p => p.Entry is { } entry && entry != site.Entry && p.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase)) != true)
            {
                list.Add(
                    site, IsRequired(parameter) ? CompletionRank.Value : CompletionRank.Property, parameter.Name, CompletionKind.Parameter,
                    site.Write(parameter.Name, OfType(TypeOf(parameter), site.Place.IsSpec)), Describe(parameter));
            }
        }
    }

    public static void AddValues(CompletionList list, CompletionRequest request, ValueSite site)
    {
        if (site is not { Place.Key: { } key, Owner: { Parent: BoundProperty { Name: var map, Parent: BoundObject holder } } }
            || FindDeclared(request, holder, map)?.Find(key) is not { } parameter)
        {
            return;
        }

        if (TypeOf(parameter).Equals("bool", StringComparison.OrdinalIgnoreCase) && site.Insertion.Quote is null)
        {
            list.Add(site, CompletionRank.Value, "true", CompletionKind.Keyword, site.Write(new TextTemplate("true", false)), null);
            list.Add(site, CompletionRank.Value, "false", CompletionKind.Keyword, site.Write(new TextTemplate("false", false)), null);
        }

        if (DefaultOf(parameter) is BoundScalar { Kind: not ScalarKind.Null, Text.Length: > 0 } value
            && (value.Kind == ScalarKind.String || site.Insertion.Quote is null))
        {
            list.Add(
                site, CompletionRank.Default, value.Text, CompletionKind.Value,
                site.Write(new TextTemplate(value.Text, value.Kind == ScalarKind.String)), $"default of '{key}'");
        }
    }

    /// <summary>The declarations of the resource that a map of parameters is for: that of the same reference object, or the one called beside it.</summary>
    private static BoundObject? FindDeclared(CompletionRequest request, BoundObject? holder, string key)
    {
        if (holder is null || !key.Equals("parameters", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var reference = holder.Shape?.Reference is not null
            ? holder
            : holder.Properties.Select(p => p.Value).OfType<BoundObject>().FirstOrDefault(o => o.Shape?.Reference?.Target == ResourceKind.Pipeline);
        return reference?.Shape?.Reference?.Target is { } kind && reference.FindString("referenceName") is { } name
            ? request.Factory.FindAnywhere(kind, name).Select(s => s.Resource.Properties?.FindValue("parameters")).OfType<BoundObject>().FirstOrDefault()
            : null;
    }

    private static string TypeOf(BoundProperty parameter) => (parameter.Value as BoundObject)?.FindString("type") ?? "";

    private static BoundNode? DefaultOf(BoundProperty parameter) => (parameter.Value as BoundObject)?.FindValue("defaultValue");

    private static bool IsRequired(BoundProperty parameter) => DefaultOf(parameter) is null;

    private static string Describe(BoundProperty parameter) => (TypeOf(parameter) is { Length: > 0 } type ? $"{type} parameter" : "parameter")
        + (DefaultOf(parameter) is BoundScalar value ? $", default '{value.Text}'" : IsRequired(parameter) ? ", required" : "");

    private static Template OfType(string type, bool isSpec) => type.ToUpperInvariant() switch
    {
        "BOOL" => new ChoiceTemplate(["true", "false"], IsString: false),
        "INT" or "FLOAT" => new StopTemplate(isSpec ? "" : "0", IsString: false),
        "ARRAY" => ListTemplate.Empty,
        "OBJECT" => MapTemplate.Empty,
        _ => new StopTemplate(),
    };
}

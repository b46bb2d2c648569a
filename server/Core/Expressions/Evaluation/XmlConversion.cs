// XML as JSON and back, in the convention of Newtonsoft's library, which the engine uses: attributes are members with @, text beside them is #text,
// repeated elements are arrays.
using System.Collections.Immutable;
using System.Xml;

namespace Pipewright.Core.Expressions.Evaluation;

internal static class XmlConversion
{
    private const string TextName = "#text";
    private const string CDataName = "#cdata-section";
    private const string SpaceName = "#significant-whitespace";
    private const string DeclarationName = "?xml";
    private const string DeclarationsOfNames = "http://www.w3.org/2000/xmlns/";

    public static ObjectValue ToJson(XmlDocument document) => new(GroupMembers(document));

    /// <summary>The XML that an object stands for, as text.</summary>
    /// <returns>Null for an object that has not exactly one root or cannot be written; <paramref name="problem"/> then says why.</returns>
    public static string? TryFromJson(ObjectValue value, out string problem)
    {
        var document = new XmlDocument { XmlResolver = null };
        try
        {
            foreach (var (name, member) in value.Members)
            {
                AppendMember(new Place(document, document, new XmlNamespaceManager(document.NameTable), 0), name, member);
            }

            problem = document.DocumentElement is null ? "the object has no member to be the root" : "";
            return document.DocumentElement is null ? null : document.OuterXml;
        }
        catch (Exception e) when (e is XmlException or ArgumentException or InvalidOperationException)
        {
            problem = e.Message.TrimEnd('.');
            return null;
        }
    }

    private static IEnumerable<KeyValuePair<string, ExpressionValue>> GroupMembers(XmlNode parent) => parent.ChildNodes.Cast<XmlNode>()
        .Where(n => n is XmlElement or XmlText or XmlCDataSection or XmlSignificantWhitespace or XmlProcessingInstruction or XmlDeclaration)
        .GroupBy(NameOf)
        .Select(g => KeyValuePair.Create(g.Key, ToOneOrArray([.. g.Select(ToMember)])));

    private static string NameOf(XmlNode node) => node switch
    {
        XmlElement => XmlConvert.DecodeName(node.Name),
        XmlCDataSection => CDataName,
        XmlSignificantWhitespace => SpaceName,
        XmlDeclaration => DeclarationName,
        XmlProcessingInstruction => "?" + XmlConvert.DecodeName(node.Name),
        _ => TextName,
    };

    private static ExpressionValue ToOneOrArray(ImmutableArray<ExpressionValue> values) => values is [var only] ? only : new ArrayValue(values);

    private static ExpressionValue ToMember(XmlNode node) => node switch
    {
        XmlElement element => ToJson(element),
        XmlDeclaration declaration => ToJson(declaration),
        _ => new StringValue(node.Value ?? ""),
    };

    private static ExpressionValue ToJson(XmlElement element)
    {
        if (element.Attributes.Count == 0)
        {
            switch (element.ChildNodes)
            {
                case { Count: 0 }:
                    return element.IsEmpty ? NullValue.Instance : new StringValue("");
                case { Count: 1 } when element.FirstChild is XmlText text:
                    return new StringValue(text.Value ?? "");
            }
        }

        return new ObjectValue(element.Attributes.Cast<XmlAttribute>().Select(a => Member("@" + XmlConvert.DecodeName(a.Name), a.Value)).Concat(GroupMembers(element)));
    }

    private static ObjectValue ToJson(XmlDeclaration declaration) => new(
        new[] { Member("@version", declaration.Version), Member("@encoding", declaration.Encoding), Member("@standalone", declaration.Standalone) }
            .Where(m => m.Value is not StringValue { Value.Length: 0 }));

    private static KeyValuePair<string, ExpressionValue> Member(string name, string value) => KeyValuePair.Create<string, ExpressionValue>(name, new StringValue(value));

    /// <summary>Where nodes are appended.</summary>
    /// <param name="Names">The namespaces that are declared there.</param>
    private readonly record struct Place(XmlDocument Document, XmlNode Parent, XmlNamespaceManager Names, int Depth)
    {
        public void Append(XmlNode node) => Parent.AppendChild(node);
    }

    private static void AppendMember(Place place, string name, ExpressionValue value)
    {
        if (value is not ArrayValue repeated)
        {
            AppendValue(place, name, value);
            return;
        }

        foreach (var item in repeated.Items)
        {
            AppendValue(place, name, item);
        }
    }

    private static void AppendValue(Place place, string name, ExpressionValue value)
    {
        var document = place.Document;
        switch (name)
        {
            case DeclarationName:
                var parts = value as ObjectValue;
                place.Append(document.CreateXmlDeclaration(PartOf(parts, "@version") ?? "1.0", PartOf(parts, "@encoding"), PartOf(parts, "@standalone")));
                break;
            case TextName when value is not NullValue:
                place.Append(document.CreateTextNode(ToText(name, value)));
                break;
            case CDataName when value is not NullValue:
                place.Append(document.CreateCDataSection(ToText(name, value)));
                break;
            case SpaceName when value is not NullValue:
                place.Append(document.CreateSignificantWhitespace(ToText(name, value)));
                break;
            case TextName or CDataName or SpaceName:
                break;
            case ['?', .. var target]:
                place.Append(document.CreateProcessingInstruction(XmlConvert.EncodeName(target), ToText(name, value)));
                break;
            case ['@', ..]:
                throw new ArgumentException($"'{name}' is an attribute, and it is not in an element");
            case "":
                throw new ArgumentException("a member without a name cannot be an element");
            default:
                AppendElement(place, name, value);
                break;
        }
    }

    private static string? PartOf(ObjectValue? declaration, string name) => declaration?.FindExact(name) is StringValue { Value: var text } ? text : null;

    private static void AppendElement(Place place, string name, ExpressionValue value)
    {
        if (place.Depth == 0 && place.Document.DocumentElement is { } root)
        {
            throw new ArgumentException($"it has '{XmlConvert.DecodeName(root.Name)}' and '{name}'");
        }

        if (place.Depth >= ValueJson.MaximumDepth)
        {
            throw new ArgumentException($"it is nested more than {ValueJson.MaximumDepth} levels deep");
        }

        place.Names.PushScope();
        var members = (value as ObjectValue)?.Members.ToList() ?? [];
        var attributes = members.Where(m => m.Key is ['@', _, ..]).Select(m => (Name: m.Key[1..], Value: ToText(m.Key, m.Value))).ToList();
        foreach (var declared in attributes.Where(a => a.Name == "xmlns" || a.Name.StartsWith("xmlns:", StringComparison.Ordinal)))
        {
            place.Names.AddNamespace(declared.Name.Length == "xmlns".Length ? "" : declared.Name["xmlns:".Length..], declared.Value);
        }

        var element = place.Document.CreateElement(XmlConvert.EncodeName(name), NamespaceOf(place, PrefixOf(name)));
        place.Append(element);
        foreach (var (attribute, text) in attributes)
        {
            SetAttribute(place with { Parent = element }, attribute, text);
        }

        AppendContent(place with { Parent = element, Depth = place.Depth + 1 }, name, value);
        place.Names.PopScope();
    }

    private static void SetAttribute(Place place, string name, string text)
    {
        var space = name == "xmlns" ? DeclarationsOfNames : PrefixOf(name) is { Length: > 0 } prefix ? NamespaceOf(place, prefix) : "";
        var attribute = place.Document.CreateAttribute(XmlConvert.EncodeName(name), space);
        attribute.Value = text;
        ((XmlElement)place.Parent).SetAttributeNode(attribute);
    }

    private static void AppendContent(Place place, string name, ExpressionValue value)
    {
        switch (value)
        {
            case ObjectValue members:
                foreach (var (member, content) in members.Members.Where(m => m.Key is not ['@', _, ..]))
                {
                    AppendMember(place, member, content);
                }

                break;
            case ArrayValue:
                // An array in an array: an element around its items, all of one name.
                AppendMember(place, name, value);
                break;
            case not NullValue:
                place.Append(place.Document.CreateTextNode(ToText(name, value)));
                break;
        }
    }

    private static string PrefixOf(string name) => name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? name[..colon] : "";

    private static string NamespaceOf(Place place, string prefix) =>
        place.Names.LookupNamespace(prefix) ?? throw new ArgumentException($"the prefix '{prefix}' is not declared by a member '@xmlns:{prefix}'");

    /// <summary>As JSON has it: booleans in lower case.</summary>
    private static string ToText(string name, ExpressionValue value) => value switch
    {
        BooleanValue { Value: var boolean } => boolean ? "true" : "false",
        ArrayValue or ObjectValue => throw new ArgumentException($"'{name}' must have a text, not an object or an array"),
        _ => value.ToText(),
    };
}

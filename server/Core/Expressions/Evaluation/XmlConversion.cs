// XML as JSON and back, in the engine's convention: attributes are members with @, text beside them is #text, repeated elements are arrays.
using System.Collections.Immutable;
using System.Text;
using System.Xml;

namespace Pipewright.Core.Expressions.Evaluation;

internal static class XmlConversion
{
    private const string TextName = "#text";
    private const string CDataName = "#cdata-section";

    public static ObjectValue ToJson(XmlDocument document)
    {
        var members = new List<KeyValuePair<string, ExpressionValue>>();
        if (document.FirstChild is XmlDeclaration declaration)
        {
            (string Name, string Value)[] parts = [("@version", declaration.Version), ("@encoding", declaration.Encoding), ("@standalone", declaration.Standalone)];
            members.Add(KeyValuePair.Create<string, ExpressionValue>(
                "?xml", new ObjectValue(parts.Where(p => p.Value.Length > 0).Select(p => KeyValuePair.Create<string, ExpressionValue>(p.Name, new StringValue(p.Value))))));
        }

        members.Add(KeyValuePair.Create(document.DocumentElement!.Name, ToJson(document.DocumentElement)));
        return new ObjectValue(members);
    }

    private static ExpressionValue ToJson(XmlElement element)
    {
        var children = element.ChildNodes.Cast<XmlNode>().Where(n => n is XmlElement or XmlText or XmlCDataSection or XmlSignificantWhitespace).ToList();
        if (element.Attributes.Count == 0)
        {
            if (children.Count == 0)
            {
                return element.IsEmpty ? NullValue.Instance : new StringValue("");
            }

            if (children.All(c => c is XmlText or XmlSignificantWhitespace))
            {
                return new StringValue(element.InnerText);
            }
        }

        var attributes = element.Attributes.Cast<XmlAttribute>().Select(a => KeyValuePair.Create<string, ExpressionValue>("@" + a.Name, new StringValue(a.Value)));
        var groups = children.GroupBy(NameOf).Select(g => KeyValuePair.Create(g.Key, ToJson([.. g.Select(ToMember)])));
        return new ObjectValue(attributes.Concat(groups));
    }

    private static string NameOf(XmlNode node) => node switch { XmlElement => node.Name, XmlCDataSection => CDataName, _ => TextName };

    private static ExpressionValue ToMember(XmlNode node) => node is XmlElement element ? ToJson(element) : new StringValue(node.Value ?? "");

    private static ExpressionValue ToJson(ImmutableArray<ExpressionValue> values) => values is [var only] ? only : new ArrayValue(values);

    /// <summary>Null for an object that has not exactly one root, or a name that XML does not take.</summary>
    public static string? TryFromJson(ObjectValue value)
    {
        var roots = value.Members.Where(m => m.Key != "?xml").ToList();
        if (roots is not [var root] || root.Value is ArrayValue)
        {
            return null;
        }

        try
        {
            var text = new StringBuilder();
            using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Document }))
            {
                Write(writer, root.Key, root.Value);
            }

            return text.ToString();
        }
        catch (Exception e) when (e is XmlException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Write(XmlWriter writer, string name, ExpressionValue value)
    {
        if (value is ArrayValue repeated)
        {
            foreach (var item in repeated.Items)
            {
                Write(writer, name, item);
            }

            return;
        }

        writer.WriteStartElement(XmlConvert.VerifyNCName(name));
        if (value is ObjectValue members)
        {
            foreach (var (attribute, content) in members.Members.Where(m => m.Key.StartsWith('@')))
            {
                writer.WriteAttributeString(XmlConvert.VerifyNCName(attribute[1..]), ToText(content));
            }

            foreach (var (member, content) in members.Members.Where(m => !m.Key.StartsWith('@')))
            {
                WriteMember(writer, member, content);
            }
        }
        else if (value is not NullValue)
        {
            writer.WriteString(ToText(value));
        }

        writer.WriteEndElement();
    }

    private static void WriteMember(XmlWriter writer, string name, ExpressionValue value)
    {
        switch (name)
        {
            case TextName:
                writer.WriteString(ToText(value));
                break;
            case CDataName:
                writer.WriteCData(ToText(value));
                break;
            default:
                Write(writer, name, value);
                break;
        }
    }

    /// <summary>As JSON has it: booleans in lower case.</summary>
    private static string ToText(ExpressionValue value) => value is BooleanValue boolean ? (boolean.Value ? "true" : "false") : value.ToText();
}

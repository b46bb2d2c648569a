using System.Collections.Immutable;
using System.Text;
using System.Xml;
using System.Xml.XPath;

namespace Pipewright.Core.Expressions.Evaluation;

/// <summary>Functions on XML, which is handed around as an envelope.</summary>
internal static class XmlFunctions
{
    /// <summary>How deep elements may be nested.</summary>
    private const int MaximumDepth = ValueJson.MaximumDepth;

    public static ImmutableDictionary<string, FunctionBody> All { get; } = new Dictionary<string, FunctionBody>
    {
        ["xml"] = MakeXml,
        ["xpath"] = Find,
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The document in an envelope; null where there is none.</summary>
    public static XmlDocument? TryRead(ExpressionValue value) =>
        Envelope.TryRead(value) is { } envelope && envelope.ContentType.Contains("xml", StringComparison.OrdinalIgnoreCase) ? TryParse(Envelope.DecodeText(envelope.Content), out _) : null;

    private static ObjectValue MakeXml(FunctionCall call)
    {
        string text;
        if (call[0] is ObjectValue members && Envelope.TryRead(members) is null)
        {
            text = XmlConversion.TryFromJson(members, out var reason)
                ?? throw call.WrongValue(0, $"the object must have one member, the root of the XML: {reason}");
        }
        else
        {
            text = call.String(0);
        }

        return TryParse(text, out var problem) is null
            ? throw call.WrongValue(0, $"the value cannot be parsed as XML: {problem}")
            : Envelope.Of(Envelope.XmlType, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Looks at the arguments of xpath() only: what an XPath finds can take any time.</summary>
    /// <exception cref="FunctionException">There is no XML, or no XPath.</exception>
    public static void CheckPath(FunctionCall call) => WithPath(call, (_, path) => XPathExpression.Compile(path));

    private static ExpressionValue Find(FunctionCall call) => WithPath(call, (document, path) => document.CreateNavigator()!.Evaluate(path) switch
    {
        XPathNodeIterator nodes => new ArrayValue([.. nodes.Cast<XPathNavigator>().Select(ToValue)]),
        double number => ToNumber(number),
        bool boolean => new BooleanValue(boolean),
        var text => (ExpressionValue)new StringValue((string)text),
    });

    private static T WithPath<T>(FunctionCall call, Func<XmlDocument, string, T> use)
    {
        var document = TryRead(call[0]) ?? throw call.WrongType(0, "XML, which xml() gives");
        var path = call.String(1);
        try
        {
            return use(document, path);
        }
        catch (Exception e) when (e is XPathException or ArgumentException)
        {
            throw call.WrongValue(1, $"'{path}' is not an XPath that can be evaluated here: {e.Message.TrimEnd('.')}");
        }
    }

    /// <summary>Attributes and texts as strings, all else as XML: the navigator itself would indent it.</summary>
    private static ExpressionValue ToValue(XPathNavigator node) =>
        node.NodeType is XPathNodeType.Root or XPathNodeType.Element or XPathNodeType.Comment or XPathNodeType.ProcessingInstruction && node is IHasXmlNode within
            ? Envelope.Of(Envelope.XmlType, Encoding.UTF8.GetBytes(within.GetNode().OuterXml))
            : new StringValue(node.Value);

    /// <summary>JSON has no NaN; the engine's library writes it as text.</summary>
    private static ExpressionValue ToNumber(double number) => !double.IsFinite(number) ? new StringValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture))
        : Math.Floor(number) == number && Math.Abs(number) < 9e15 ? new IntegerValue((long)number)
        : new FloatValue(number);

    private static XmlDocument? TryParse(string text, out string problem)
    {
        try
        {
            problem = "";
            if (IsTooDeep(text))
            {
                problem = $"Elements are nested more than {MaximumDepth} levels deep";
                return null;
            }

            using var reader = CreateReader(text);
            var document = new XmlDocument { XmlResolver = null };
            document.Load(reader);
            return document;
        }
        catch (XmlException e)
        {
            problem = e.Message.TrimEnd('.');
            return null;
        }
    }

    private static bool IsTooDeep(string text)
    {
        using var reader = CreateReader(text);
        while (reader.Read())
        {
            if (reader.Depth > MaximumDepth)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Nothing outside of the text is ever read, and no entity grows.</summary>
    private static XmlReader CreateReader(string text) =>
        XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
}

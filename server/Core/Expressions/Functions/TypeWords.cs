namespace Pipewright.Core.Expressions;

/// <summary>The words for types in the curated files.</summary>
internal static class TypeWords
{
    /// <summary>A type of kinds with <c>|</c> between them; a string for a kind of text.</summary>
    public static ExpressionType Parse(string text) => text.Split('|').Select(ParseOne).Aggregate(ExpressionType.Union);

    public static ParameterRole ParseRole(string text) => text switch
    {
        "timestamp" => ParameterRole.Timestamp,
        "dateFormat" => ParameterRole.DateFormat,
        "timeZone" => ParameterRole.TimeZone,
        "timeUnit" => ParameterRole.TimeUnit,
        "guidFormat" => ParameterRole.GuidFormat,
        "xpath" => ParameterRole.XPath,
        "locale" => ParameterRole.Locale,
        "activityName" => ParameterRole.ActivityName,
        "variableName" => ParameterRole.VariableName,
        _ => ParameterRole.Value,
    };

    public static ReturnRule ParseRule(string text) => text switch
    {
        "same" => ReturnRule.Same,
        "element" => ReturnRule.Element,
        "union" => ReturnRule.Union,
        "branches" => ReturnRule.Branches,
        "items" => ReturnRule.Items,
        "arithmetic" => ReturnRule.Arithmetic,
        _ => ReturnRule.Fixed,
    };

    /// <summary>All that a result may be, whatever the arguments.</summary>
    public static ExpressionType ParseReturns(string text) => ParseRule(text) switch
    {
        ReturnRule.Fixed => Parse(text),
        ReturnRule.Arithmetic => ExpressionType.Number,
        ReturnRule.Items => ExpressionType.Array,
        _ => ExpressionType.Any,
    };

    private static ExpressionType ParseOne(string word) => word switch
    {
        "any" => ExpressionType.Any,
        "int" => ExpressionType.Integer,
        "float" => ExpressionType.Float,
        "number" => ExpressionType.Number,
        "bool" => ExpressionType.Boolean,
        "null" => ExpressionType.Null,
        "array" => ExpressionType.Array,
        "array<string>" => ExpressionType.ArrayOf(ExpressionType.String),
        "array<int>" => ExpressionType.ArrayOf(ExpressionType.Integer),
        "array<object>" => ExpressionType.ArrayOf(ExpressionType.Object),
        "object" => ExpressionType.Object,
        "binary" => new ExpressionType(TypeKinds.Binary),
        "xml" => new ExpressionType(TypeKinds.Xml),
        _ => ExpressionType.String,
    };
}

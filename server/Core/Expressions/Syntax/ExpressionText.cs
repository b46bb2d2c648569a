namespace Pipewright.Core.Expressions;

/// <summary>How things are written in an expression.</summary>
public static class ExpressionText
{
    /// <summary>A string literal of a text.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Whether a name can follow a dot; others are written in brackets.</summary>
    public static bool IsPlainName(string name) => name.Length > 0 && name.All(ExpressionLexer.IsIdentifier);

    /// <summary>How a member of an object is read: <c>.name</c>, or <c>['a name']</c>.</summary>
    public static string WriteMember(string name) => IsPlainName(name) ? "." + name : $"[{Quote(name)}]";
}

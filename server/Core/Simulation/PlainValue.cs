// What nodes of the bound tree are as values, when nothing is evaluated.
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Simulation;

internal static partial class PlainValue
{
    /// <summary>What is shown in place of a secret.</summary>
    public const string Hidden = "**********";

    /// <summary>The value as JSON has it. An object that stands for a string gives that string; a secret is hidden.</summary>
    /// <exception cref="InsufficientExecutionStackException">The value is nested too deeply.</exception>
    public static ExpressionValue Of(BoundNode node)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return node switch
        {
            BoundScalar scalar => OfScalar(scalar),
            BoundArray array => new ArrayValue([.. array.Items.Select(Of)]),
            BoundObject value when DynamicContent.IsExpressionObject(value) => Of(value.FindValue("value")!),
            BoundObject value => new ObjectValue(value.Properties.Select(p => KeyValuePair.Create(p.Name, IsSecretText(value, p) ? new StringValue(Hidden) : Of(p.Value)))),
            _ => NullValue.Instance,
        };
    }

    public static ExpressionValue OfScalar(BoundScalar scalar) => scalar.Kind == ScalarKind.String
        ? new StringValue(scalar.Text)
        : ScalarText.ToJson(scalar.Text, scalar.Kind) is { } json && ValueJson.TryParse(json, out _) is { } value ? value : NullValue.Instance;

    /// <summary>Whether a property is the text of a <c>SecureString</c>.</summary>
    public static bool IsSecretText(BoundObject owner, BoundProperty property) =>
        DynamicContent.IsSecretObject(owner) && property.Name.Equals("value", StringComparison.OrdinalIgnoreCase);

    /// <summary>A whole number, also one that is written as text; null for anything else.</summary>
    public static long? Integer(BoundNode? node) => node is null ? null : Integer(Of(node));

    public static long? Integer(ExpressionValue? value) => value switch
    {
        IntegerValue number => number.Value,
        FloatValue { Value: var number } when Math.Abs(number) < 1e15 && number == Math.Truncate(number) => (long)number,
        StringValue { Value: var text } when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>A boolean, also one that is written as text; null for anything else.</summary>
    public static bool? Boolean(BoundNode? node) => node is null ? null : Boolean(Of(node));

    public static bool? Boolean(ExpressionValue? value) => value switch
    {
        BooleanValue boolean => boolean.Value,
        StringValue { Value: var text } when bool.TryParse(text, out var boolean) => boolean,
        _ => null,
    };

    /// <summary>A time span as the service writes it, <c>d.hh:mm:ss</c>; null for anything else.</summary>
    public static TimeSpan? Span(ExpressionValue? value)
    {
        if (value is not StringValue { Value: var text } || TimeText().Match(text.Trim()) is not { Success: true } match)
        {
            return null;
        }

        long Part(string name) => match.Groups[name].Success ? long.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return TimeSpan.FromSeconds((((((Part("d") * 24) + Part("h")) * 60) + Part("m")) * 60) + Part("s"));
    }

    [GeneratedRegex(@"^(?:(?<d>\d{1,5})\.)?(?<h>\d{1,2}):(?<m>\d{1,2}):(?<s>\d{1,2})(?:\.\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex TimeText();
}

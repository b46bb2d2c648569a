// The signature of the call that a cursor is in.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Expressions;

internal static class ExpressionSignature
{
    /// <summary>The innermost call whose parentheses a cursor is between; null where it is in none of a known function.</summary>
    public static SignatureResult? Find(ResourceDocument document, int offset)
    {
        if (ExpressionSite.FindAt(document, offset) is not var (site, _))
        {
            return null;
        }

        // Up to the cursor only: the call is open there, whatever follows.
        var at = site.Syntax.ToValueOffset(offset);
        var before = Template.Parse(site.Scalar.Text[..at]);
        if (before.Parts is not [.., ExpressionPart last] || (before.Kind == TemplateKind.Interpolation && before.Tokens[^1].Kind == ExpressionTokenKind.InterpolationEnd))
        {
            return null;
        }

        var call = FindOpenCall(last.Expression);
        return call is not null && FunctionCatalog.Find(call.Name) is { } function ? Describe(function, call.Commas.Length) : null;
    }

    private static CallNode? FindOpenCall(ExpressionNode root)
    {
        CallNode? found = null;
        for (ExpressionNode? node = root; node is not null;)
        {
            found = node is CallNode { Open: not null, Close: null } call ? call : found;
            node = node switch
            {
                CallNode { Open: not null, Close: null, Arguments: [.., var argument] } => argument,
                IndexNode { Close: null } index => index.Index,
                _ => null,
            };
        }

        return found;
    }

    private static SignatureResult Describe(FunctionSignature function, int argument)
    {
        var label = function.ToString();
        var parameters = ImmutableArray.CreateBuilder<SignatureParameter>();
        var from = function.Name.Length;
        foreach (var parameter in function.Parameters)
        {
            var text = parameter.ToString();
            from = label.IndexOf(text, from, StringComparison.Ordinal);
            parameters.Add(new SignatureParameter(new TextSpan(from, text.Length), Explain(parameter)));
            from += text.Length;
        }

        var repeats = function.Parameters is [.., { Repeats: true }];
        int? active = argument < parameters.Count ? argument : repeats ? parameters.Count - 1 : null;
        return new SignatureResult(label, ExpressionCompletion.Describe(function), parameters.ToImmutable(), active);
    }

    private static string? Explain(FunctionParameter parameter) => parameter.Role switch
    {
        ParameterRole.Timestamp => "A date and time, such as '2024-01-31T13:05:00Z'.",
        ParameterRole.DateFormat => "A .NET format, such as 'yyyy-MM-dd HH:mm:ss'. Case counts: MM months, mm minutes, HH hours to 23.",
        ParameterRole.TimeZone => "A time zone, such as 'UTC' or 'W. Europe Standard Time'.",
        ParameterRole.TimeUnit => "Second, Minute, Hour, Day, Week, Month or Year.",
        ParameterRole.GuidFormat => "N, D, B, P or X.",
        ParameterRole.XPath => "XPath 1.0.",
        ParameterRole.ActivityName => "The name of an activity upstream, written out.",
        ParameterRole.VariableName => "The name of a variable of the pipeline, written out.",
        _ => null,
    };
}

// Whether a whole value fits its place.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

public sealed partial class ExpressionChecker
{
    private void CheckSlot(ExpressionType type, ExpectedType expected)
    {
        var span = new TextSpan(0, _template.Text.Length);
        if (_template.Kind == TemplateKind.Literal)
        {
            CheckMissingAt(span, expected);
            CheckLostAt(span);
            return;
        }

        if (type.IsUnknown || expected.Type.IsUnknown)
        {
            return;
        }

        if (!FitsSlot(type, expected))
        {
            Report(CheckDiagnostics.SlotType, span, $"'{expected.Name}' takes {WithArticle(expected.Type)}, and this gives {WithArticle(type)}.{Advise(type, expected)}", FixSlot(type, expected));
        }
        else if (_template is { Kind: TemplateKind.Interpolation, Parts: [ExpressionPart] } && (expected.Type.Kinds & TypeKinds.String) == 0)
        {
            Report(
                CheckDiagnostics.NeedlessText, span,
                $"'{expected.Name}' takes {WithArticle(expected.Type)}, and @{{…}} always gives a string, which has to be turned back. Write the expression after '@' alone.",
                FixSlot(type, expected));
        }
    }

    /// <summary>The service turns texts into numbers and booleans and back in most places; into arrays it turns nothing.</summary>
    private static bool FitsSlot(ExpressionType type, ExpectedType expected)
    {
        if (Fits(type, expected.Type))
        {
            return true;
        }

        const TypeKinds Scalars = TypeKinds.String | TypeKinds.Number | TypeKinds.Boolean;
        return !expected.IsStrict && expected.Type.Kinds switch
        {
            TypeKinds.String => true,
            TypeKinds.Array => false,
            TypeKinds.Object => (type.Kinds & TypeKinds.String) != 0,
            _ => (type.Kinds & Scalars) != 0 && !(type.Kinds == TypeKinds.Boolean && (expected.Type.Kinds & TypeKinds.Number) != 0),
        };
    }

    private string Advise(ExpressionType type, ExpectedType expected)
    {
        var isOnlyOne = _template is { Kind: TemplateKind.Interpolation, Parts: [ExpressionPart] };
        return isOnlyOne ? " @{…} always gives a string: write the expression after '@' alone." : (type.Kinds, expected.Type.Kinds) switch
        {
            (TypeKinds.String, TypeKinds.Array) => " If it is JSON text, write json(…) around it.",
            (TypeKinds.Object, TypeKinds.Array) => " Name the member that holds the array.",
            _ => "",
        };
    }

    private ImmutableArray<CodeFix> FixSlot(ExpressionType type, ExpectedType expected)
    {
        if (_template is { Kind: TemplateKind.Interpolation, Parts: [ExpressionPart only] })
        {
            return [new CodeFix("Write the expression after '@' alone", [new TextChange(only.Span, "@" + _template.TextOf(only.Expression.Span))])];
        }

        if (_template.Kind != TemplateKind.Expression)
        {
            return [];
        }

        var expression = ((ExpressionPart)_template.Parts[0]).Expression;
        var members = type is { Kinds: TypeKinds.Object, Members: { } known } ? known.Values.Where(m => Fits(m.Type, expected.Type) && !m.Type.IsUnknown) : [];
        return [
            .. members.Select(m => new CodeFix($"Add '.{m.Name}'", [new TextChange(new TextSpan(expression.Span.End, 0), "." + m.Name)])),
            .. Convert(expression, type, expected.Type),
        ];
    }

    /// <summary>Where only an expression can give what is wanted, text without <c>@</c> is text.</summary>
    private void CheckMissingAt(TextSpan span, ExpectedType expected)
    {
        if (!expected.IsStrict || (expected.Type.Kinds & TypeKinds.String) != 0)
        {
            return;
        }

        Report(
            CheckDiagnostics.MissingAt, span, $"'{expected.Name}' takes an expression that gives {WithArticle(expected.Type)}. Text without '@' in front is only text.",
            Template.Parse("@" + _template.Text).Diagnostics.IsEmpty ? [new CodeFix("Add '@'", [new TextChange(new TextSpan(0, 0), "@")])]
            : IsArray(_template.Text) && expected.Type.Kinds.HasFlag(TypeKinds.Array) ? [new CodeFix("Wrap in @json(…)", [new TextChange(span, $"@json({ExpressionText.Quote(_template.Text)})")])]
            : []);
    }

    /// <summary>Text that is an expression but for its <c>@</c>, or has one in braces that lack it, and names what only an expression can.</summary>
    private void CheckLostAt(TextSpan span)
    {
        if (HasEnough || _findings.Count > 0 || !LostAt.MayBeIn(_template.Text))
        {
            return;
        }

        if (LostAt.IsExpression(_template.Text))
        {
            Report(
                CheckDiagnostics.LostAt, span, "This reads like an expression. Without '@' in front it is only text.",
                new CodeFix("Add '@'", [new TextChange(new TextSpan(0, 0), "@")]));
        }
        else if (LostAt.FindBraces(_template.Text) is { } braces)
        {
            Report(
                CheckDiagnostics.LostAt, braces, "This reads like an expression in braces. Without '@' before the brace it is only text.",
                new CodeFix("Add '@'", [new TextChange(new TextSpan(braces.Start, 0), "@")]));
        }
    }

    private static bool IsArray(string text) => text.AsSpan().Trim() is ['[', .., ']'];

    private void CheckDateFormat(LiteralNode literal, string format)
    {
        var meant = format;
        if (meant.Contains("YYYY", StringComparison.Ordinal))
        {
            meant = meant.Replace('Y', 'y');
        }

        if (meant.Contains("DD", StringComparison.Ordinal))
        {
            meant = meant.Replace('D', 'd');
        }

        meant = MinutesAndMonths().Replace(meant, m => MeantByNeighbours(meant, m.Index, m.Length) is { } letter ? new string(letter, m.Length) : m.Value);

        if (meant.Contains("hh", StringComparison.Ordinal) && !meant.Contains('t', StringComparison.Ordinal) && meant.Contains("mm", StringComparison.Ordinal))
        {
            meant = meant.Replace("hh", "HH", StringComparison.Ordinal);
        }

        if (meant != format)
        {
            Report(
                CheckDiagnostics.DateFormat, literal.Span,
                $"'{format}' is probably meant as '{meant}': years are y, months M, days d, hours H (h counts to 12 only), minutes m.",
                new CodeFix($"Change to '{meant}'", [new TextChange(literal.Span, ExpressionText.Quote(meant))]));
        }
    }

    /// <summary>What stands beside years or days is months, what stands beside hours or seconds is minutes; null where the neighbours do not tell.</summary>
    private static char? MeantByNeighbours(string format, int start, int length)
    {
        var before = format[..start].LastOrDefault(char.IsAsciiLetter);
        var after = format[(start + length)..].FirstOrDefault(char.IsAsciiLetter);
        return before is 'H' or 'h' || after is 's' ? 'm' : before is 'y' or 'd' || (after is 'y' or 'd' && before == default) ? 'M' : null;
    }

    [GeneratedRegex("(?<![mM])(mm|MM)(?![mM])", RegexOptions.CultureInvariant)]
    private static partial Regex MinutesAndMonths();
}

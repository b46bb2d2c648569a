// Finds the type of every node of a template, and what is wrong with its names and types. What is not known is not wrong.
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

public sealed partial class ExpressionChecker
{
    /// <summary>Nobody reads more of one text, and a text that is all mistakes must not cost without limit.</summary>
    private const int MostFindings = 50;

    private readonly Template _template;
    private readonly ExpressionScope _scope;
    private readonly Dictionary<ExpressionNode, ExpressionType> _types = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ExpressionNode, ExpressionValue> _constants = new(ReferenceEqualityComparer.Instance);
    private readonly ImmutableArray<ExpressionFinding>.Builder _findings = ImmutableArray.CreateBuilder<ExpressionFinding>();

    private ExpressionChecker(Template template, ExpressionScope scope) => (_template, _scope) = (template, scope);

    /// <summary>Checks a template. Broken ones are checked as far as they could be read.</summary>
    public static ExpressionAnalysis Check(Template template, ExpressionScope scope, ExpectedType expected)
    {
        var checker = new ExpressionChecker(template, scope);
        checker._findings.AddRange(template.Diagnostics.Select(d => new ExpressionFinding(d)));
        var type = checker.CheckParts(expected);
        return new ExpressionAnalysis(type, checker._findings.ToImmutable(), checker._types, checker._constants);
    }

    private ExpressionType CheckParts(ExpectedType expected)
    {
        var type = ExpressionType.String;
        foreach (var part in _template.Parts.OfType<ExpressionPart>())
        {
            var whole = _template.Kind == TemplateKind.Expression;
            type = CheckNode(part.Expression, whole ? expected.Type : ExpressionType.Any);
            if (!whole && type is { Kinds: TypeKinds.Boolean } && IsJsonText())
            {
                Report(CheckDiagnostics.BooleanText, part.Span, "A boolean becomes True or False in text, which JSON does not know. Write toLower(string(…)).", Wrap(part.Expression, "toLower(string(", "))"));
            }
        }

        type = _template.Kind == TemplateKind.Expression ? type : ExpressionType.String;
        CheckSlot(type, expected);
        return type;
    }

    /// <summary>Whether the text around looks like a JSON object or list.</summary>
    private bool IsJsonText() => _template.Text.AsSpan().Trim() is ['{', .., '}'] or ['[', .., ']'];

    /// <param name="wanted">What the place of the node wants: a name that is missing here should have this type.</param>
    private ExpressionType CheckNode(ExpressionNode node, ExpressionType wanted)
    {
        // The parser has reported what is nested deeper than this.
        var type = !RuntimeHelpers.TryEnsureSufficientExecutionStack() ? ExpressionType.Any : node switch
        {
            LiteralNode literal => CheckLiteral(literal),
            CallNode call => CheckCall(call),
            MemberNode member => CheckAccess(member, member.Target, member.Name, member.NameToken?.Span ?? member.Dot.Span, member.Question is not null, wanted),
            IndexNode index => CheckIndex(index, wanted),
            _ => ExpressionType.Any,
        };
        _types[node] = type;
        return type;
    }

    private ExpressionType CheckLiteral(LiteralNode literal)
    {
        _constants[literal] = literal.Value;
        if (literal.Value is not StringValue { Value: var text })
        {
            return TypeOf(literal.Value);
        }

        var at = text.IndexOf("@{", StringComparison.Ordinal);
        if (at >= 0 && (at == 0 || text[at - 1] != '@') && text.IndexOf('}', at) > 0)
        {
            Report(CheckDiagnostics.TextInQuotes, literal.Span, "Inside of quotes @{…} is text and is not evaluated. Write concat(…).", MakeConcat(literal));
        }

        return ExpressionType.String;
    }

    /// <summary>The type of a value that is known.</summary>
    public static ExpressionType TypeOf(ExpressionValue value) => value switch
    {
        StringValue => ExpressionType.String,
        IntegerValue => ExpressionType.Integer,
        FloatValue => ExpressionType.Float,
        BooleanValue => ExpressionType.Boolean,
        NullValue => ExpressionType.Null,
        _ => ExpressionType.Any,
    };

    private bool HasEnough => _findings.Count >= MostFindings;

    private void Report(DiagnosticDescriptor descriptor, TextSpan span, string message, params ImmutableArray<CodeFix> fixes) =>
        Add(new ExpressionFinding(descriptor.At(span, message, fixes)));

    private void ReportMissing(DiagnosticDescriptor descriptor, TextSpan span, string message, MissingName missing, params ImmutableArray<CodeFix> fixes) =>
        Add(new ExpressionFinding(descriptor.At(span, message, fixes), missing));

    private void Add(ExpressionFinding finding)
    {
        if (!HasEnough)
        {
            _findings.Add(finding);
        }
    }

    private static CodeFix Wrap(ExpressionNode node, string before, string after) => new(
        $"Wrap in {before}…{after}", [new TextChange(new TextSpan(node.Span.Start, 0), before), new TextChange(new TextSpan(node.Span.End, 0), after)]);

    /// <summary>The name that was probably meant, in words and as a fix.</summary>
    private (string Advice, ImmutableArray<CodeFix> Fixes) Suggest(string name, TextSpan span, IEnumerable<string> known, Func<string, string>? write = null)
    {
        var closest = HasEnough ? null : Spelling.FindClosest(name, known);
        return closest is null
            ? ("", [])
            : ($" Did you mean '{closest}'?", [new CodeFix($"Change to '{closest}'", [new TextChange(span, write is null ? closest : write(closest))])]);
    }

    /// <summary>What an interpolation in quotes was meant to be.</summary>
    private static ImmutableArray<CodeFix> MakeConcat(LiteralNode literal)
    {
        var inner = Template.Parse(((StringValue)literal.Value).Value);
        if (inner.Kind != TemplateKind.Interpolation || !inner.Diagnostics.IsEmpty)
        {
            return [];
        }

        var pieces = inner.Parts.Select(p => p is TextPart text ? ExpressionText.Quote(text.Value) : inner.TextOf(((ExpressionPart)p).Expression.Span));
        return [new CodeFix("Change to concat(…)", [new TextChange(literal.Span, $"concat({string.Join(", ", pieces)})")])];
    }
}

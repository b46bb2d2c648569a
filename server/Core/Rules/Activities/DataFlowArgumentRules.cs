// Rules about the values that a pipeline gives the parameters of a data flow. They are expressions of the data flow's own language.
using System.Buffers;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Rules.Connections;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>A data flow that is run, with the values for the parameters that its script declares.</summary>
/// <param name="Reference">The object that names the data flow.</param>
/// <param name="Given">Null where none is given.</param>
internal sealed record DataFlowArguments(ActivityNode Activity, BoundObject Reference, ResourceSymbol Flow, BoundObject? Given)
{
    public IReadOnlyList<ScriptParameter> Parameters { get; } = DataFlowScript.Of(Flow.Resource).Parameters;

    /// <summary>All of a pipeline that run and whose data flow is here. Those whose values are not a map are left out.</summary>
    public static IEnumerable<DataFlowArguments> FindAll(RuleContext context) =>
        from activity in context.Running("ExecuteDataFlow")
        let reference = activity.FindValue("dataFlow") as BoundObject
        let flow = ConnectionContext.Resolve(context.Factory, ResourceKind.DataFlow, reference)
        where flow is not null
        let given = ActivityReading.Given(reference.FindValue("parameters"))
        where given is null or BoundObject && (given is null || DynamicContent.FindExpression(given) is null)
        select new DataFlowArguments(activity, reference, flow, given as BoundObject);

    /// <summary>The parameter that was probably meant by a name that is none; null where no name is near, or the near one has its value.</summary>
    public string? FindMeant(string given) => Spelling.FindClosest(given, Parameters.Select(p => p.Name).Where(p => Given?.Find(p) is null));

    /// <summary>Whether a parameter without a value is probably meant by a name that is none.</summary>
    public bool IsMisspelt(ScriptParameter parameter) => Given?.Properties.Any(g => Find(g.Name) is null && FindMeant(g.Name) == parameter.Name) == true;

    public ScriptParameter? Find(string name) => Parameters.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// A text for a data flow stands there without the quotes that its language has around texts (Microsoft's documentation of data flow parameters):
/// the data flow takes it for the name of a column.
/// </summary>
internal sealed class UnquotedArgumentRule() : Rule(new("PW4246", DiagnosticSeverity.Warning, "Text for a data flow without quotes"))
{
    /// <summary>Quotes, calls and parameters, which are of the data flow's language.</summary>
    private static readonly SearchValues<char> Marks = SearchValues.Create("'\"()$&+{}");

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var arguments in DataFlowArguments.FindAll(context))
        {
            foreach (var given in arguments.Given?.Properties.Where(p => arguments.Find(p.Name)?.Type == "string") ?? [])
            {
                if (Quote(context, given.Value) is var (scalar, quoted))
                {
                    yield return Descriptor.At(
                        scalar.Span, $"'{given.Name}' of the data flow '{arguments.Flow.Name}' is a text, which its language has in quotes. Write {quoted}.",
                        ActivityReading.Possible(new CodeFix("Put it in quotes", context.Edits.SetText(scalar, quoted))));
                }
            }
        }
    }

    /// <summary>The value with quotes around; null for one that has some, or that may be meant to be calculated in the data flow.</summary>
    private static (BoundScalar Scalar, string Quoted)? Quote(RuleContext context, BoundNode value)
    {
        if (DynamicContent.FindExpression(value) is { } expression)
        {
            var template = Template.Parse(expression.Text);
            return !template.Diagnostics.IsEmpty ? null
                : template is { Kind: TemplateKind.Expression, Parts: [ExpressionPart { Expression: var node }] } && IsName(node) && MayBeText(context, expression) ? (expression, $"'@{{{template.TextOf(node.Span)}}}'")
                : template.Kind == TemplateKind.Interpolation && !IsCalculated(expression.Text) ? (expression, $"'{expression.Text}'")
                : null;
        }

        return value is BoundScalar { Kind: ScalarKind.String, Text.Length: > 0 } scalar && !IsCalculated(scalar.Text) ? (scalar, $"'{scalar.Text}'") : null;
    }

    /// <summary>Whether there is anything in a text that the data flow may be meant to work out.</summary>
    private static bool IsCalculated(string text)
    {
        var template = Template.Parse(text);
        var own = template.Kind == TemplateKind.Interpolation ? string.Concat(template.Parts.OfType<TextPart>().Select(p => p.Value)) : text;
        return own.AsSpan().ContainsAny(Marks);
    }

    /// <summary>Whether an expression only reads a value, and makes nothing of it.</summary>
    private static bool IsName(ExpressionNode node) => node switch
    {
        MemberNode member => IsName(member.Target),
        IndexNode index => IsName(index.Target),
        CallNode call => call.Calls("variables") || call.Calls("item") || call.Calls("pipeline") || call.Calls("activity"),
        _ => false,
    };

    private static bool MayBeText(RuleContext context, BoundScalar expression) => (context.TypeOf(expression).Kinds & TypeKinds.String) != 0;
}

/// <summary>A value for a parameter that the script of the data flow does not declare.</summary>
internal sealed class UnknownDataFlowArgumentRule() : Rule(new("PW4247", DiagnosticSeverity.Warning, "Value for a data flow parameter that is not declared"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var arguments in DataFlowArguments.FindAll(context))
        {
            foreach (var given in arguments.Given?.Properties.Where(p => p.Entry is not null && arguments.Find(p.Name) is null) ?? [])
            {
                var closest = arguments.FindMeant(given.Name);
                var known = arguments.Parameters.Count == 0 ? "Its script declares none." : $"It has {string.Join(", ", arguments.Parameters.Take(8).Select(p => $"'{p.Name}'"))}{(arguments.Parameters.Count > 8 ? " and more" : "")}.";
                yield return Descriptor.At(
                    given.NameSpan, $"The data flow '{arguments.Flow.Name}' has no parameter '{given.Name}'. {(closest is null ? known : $"Did you mean '{closest}'?")}",
                    ActivityReading.Possible(
                        [
                            .. closest is null ? Array.Empty<CodeFix>() : [new CodeFix($"Change to '{closest}'", context.Edits.SetName(given, closest)) { IsPreferred = true }],
                            new CodeFix($"Remove '{given.Name}'", context.Edits.Remove(given)) { IsPreferred = false },
                        ]));
            }
        }
    }
}

/// <summary>A parameter of the data flow has no default and gets no value.</summary>
internal sealed class MissingDataFlowArgumentRule() : Rule(new("PW4248", DiagnosticSeverity.Warning, "Data flow parameter without a value"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var arguments in DataFlowArguments.FindAll(context))
        {
            var missing = arguments.Parameters.Where(p => !p.HasDefault && arguments.Given?.Find(p.Name) is null && !arguments.IsMisspelt(p)).ToList();
            if (missing.Count > 0 && arguments.Reference.FindValue("referenceName") is { } name)
            {
                yield return Descriptor.At(
                    name.Span,
                    $"The data flow '{arguments.Flow.Name}' needs a value for {string.Join(", ", missing.Select(m => $"'{m.Name}'"))}. Pass it under 'parameters', in the data flow's own language: texts in quotes.",
                    ActivityReading.Possible(new CodeFix("Pass what is missing", context.Edits.SetMembers(arguments.Reference, "parameters", arguments.Given, [.. missing.Select(m => (m.Name, (NewNode)Guess(m)))])) { IsPreferred = false }));
            }
        }
    }

    /// <summary>An empty value of the type, as the data flow's language has it.</summary>
    private static NewScalar Guess(ScriptParameter parameter) => new(parameter.Type switch
    {
        "string" => "''",
        "boolean" => "false()",
        "integer" or "long" or "short" or "byte" or "double" or "float" => "0",
        _ => "null()",
    });
}

// From what stands in a pipeline to what the service would send: the same value with every expression evaluated.
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Simulation;

/// <summary>A value cannot be made, so that the activity which wants it fails.</summary>
internal sealed class UnresolvedException(RunError error) : Exception(error.Message)
{
    public RunError Error { get; } = error;
}

/// <summary>What an activity can read of those that ended before it, and the loop that it is in.</summary>
/// <param name="outer">That of the container; null for the pipeline's own activities.</param>
/// <param name="item">What <c>item()</c> gives in an iteration of a ForEach; null elsewhere.</param>
/// <param name="iteration">The number of an iteration of a loop; null elsewhere.</param>
internal sealed class WalkScope(WalkScope? outer, ExpressionValue? item, int? iteration)
{
    private readonly Dictionary<string, ExpressionValue> _own = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By name what <c>activity('…')</c> gives.</summary>
    public ImmutableDictionary<string, ExpressionValue> Activities { get; private set; } = outer?.Activities ?? EvaluationContext.Empty;

    public ExpressionValue? Item { get; } = item ?? outer?.Item;

    /// <summary>Of the nearest loop around.</summary>
    public int? Iteration { get; } = iteration ?? outer?.Iteration;

    public void Add(string activity, ExpressionValue value)
    {
        _own[activity] = value;
        Activities = Activities.SetItem(activity, value);
    }

    /// <summary>What a branch, or the last round of an Until, leaves behind can be read after it.</summary>
    public void AddAll(WalkScope inner)
    {
        foreach (var (name, value) in inner._own)
        {
            Add(name, value);
        }
    }
}

/// <summary>Evaluates for one activity.</summary>
internal sealed class ValueResolver(PipelineWalk run, WalkScope scope, string activity)
{
    /// <exception cref="UnresolvedException">An expression in it gives an error.</exception>
    public ExpressionValue Resolve(BoundNode node) => run.Plan.FindConstant(node) ?? ResolveParts(node);

    /// <summary>The value with another item: for the condition of a Filter.</summary>
    /// <exception cref="UnresolvedException">An expression in it gives an error.</exception>
    public ExpressionValue Resolve(BoundNode node, ExpressionValue item) =>
        run.Plan.FindConstant(node) ?? (DynamicContent.FindExpression(node) is { } scalar && run.Plan.FindTemplate(scalar) is { } template
            ? Evaluate(scalar, template, item)
            : ResolveParts(node));

    private ExpressionValue ResolveParts(BoundNode node)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return node switch
        {
            BoundScalar scalar => run.Plan.FindTemplate(scalar) is { } template ? Evaluate(scalar, template, scope.Item) : PlainValue.OfScalar(scalar),
            BoundArray array => new ArrayValue([.. array.Items.Select(Resolve)]),
            BoundObject value when DynamicContent.IsExpressionObject(value) => Resolve(value.FindValue("value")!),
            BoundObject value => new ObjectValue(value.Properties.Select(p => KeyValuePair.Create(p.Name, PlainValue.IsSecretText(value, p) ? new StringValue(PlainValue.Hidden) : Resolve(p.Value)))),
            _ => NullValue.Instance,
        };
    }

    private ExpressionValue Evaluate(BoundScalar scalar, PlannedTemplate template, ExpressionValue? item)
    {
        var context = run.Context with
        {
            Now = run.Simulation.Clock.Now,
            Activities = scope.Activities,
            Item = item,
            Variables = run.Variables.Read(template.Variables),
        };
        var result = Evaluator.Evaluate(template.Template, context);
        run.Simulation.Note(() => new EvaluatedExpression(run.Plan.PlaceOf(scalar), run.RunId, activity, scope.Iteration, result.Value, result.Error, context));
        return result.Value ?? throw Fail(scalar, result.Error!);
    }

    private UnresolvedException Fail(BoundScalar scalar, EvaluationError error)
    {
        var place = scalar.Syntax is ScalarSyntax syntax ? syntax.ToSourceSpan(error.Span) : scalar.Span;
        return new UnresolvedException(new RunError(
            SimulationErrors.InvalidTemplate, SimulationErrors.Expression(activity, error.Span.Start + 1, error.Message), SimulationErrors.UserError, activity,
            new SourcePlace(run.Plan.Symbol.Document.Path, place)));
    }
}

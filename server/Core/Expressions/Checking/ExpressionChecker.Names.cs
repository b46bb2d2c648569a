// The functions that give what is around an expression: which of them may stand here, and whether the names given to them are right.
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

public sealed partial class ExpressionChecker
{
    private static readonly Lazy<ExpressionType> UnknownActivityType = new(() => ContextMembers.Activity(ExpressionType.Any, hasFailed: true));

    private ExpressionType CheckContext(CallNode call, FunctionSignature function) => function.Name switch
    {
        "pipeline" => CheckPipeline(call),
        "activity" => Allow(call, ExpressionPlace.Pipeline) ? CheckActivity(call) : ExpressionType.Any,
        "variables" => Allow(call, ExpressionPlace.Pipeline) ? CheckVariable(call) : ExpressionType.Any,
        "item" => CheckItem(call),
        "dataset" => Allow(call, ExpressionPlace.Dataset) ? ExpressionScope.ObjectOf(_scope.Parameters) : ExpressionType.Any,
        "linkedService" => Allow(call, ExpressionPlace.LinkedService) ? ExpressionScope.ObjectOf(_scope.Parameters) : ExpressionType.Any,
        "trigger" => CheckTrigger(call, _scope.Trigger),
        "triggerBody" => CheckTriggerBody(call),
        _ => ExpressionType.Any,
    };

    private bool Allow(CallNode call, ExpressionPlace place)
    {
        if (_scope.Place == place || _scope.Place == ExpressionPlace.Other)
        {
            return true;
        }

        var here = _scope.Place switch
        {
            ExpressionPlace.Dataset => "a dataset. Give the dataset a parameter, and pass the value to it where the dataset is used: here write dataset().name",
            ExpressionPlace.LinkedService => "a linked service. Give it a parameter, and pass the value to it where it is used: here write linkedService().name",
            ExpressionPlace.Trigger => "a trigger. It knows only what trigger() and triggerBody() give",
            _ => "a pipeline. Pass the value to a parameter of the pipeline, and write pipeline().parameters.name",
        };
        Report(CheckDiagnostics.MisplacedFunction, call.NameToken.Span, $"'{call.Name}()' cannot be called in {here}.");
        return false;
    }

    /// <summary>The parameters of a trigger may read global parameters.</summary>
    private ExpressionType CheckPipeline(CallNode call)
    {
        var isGlobal = call.Parent is MemberNode { Name: var member } && member.Equals("globalParameters", StringComparison.OrdinalIgnoreCase);
        if (!(isGlobal && _scope.Place == ExpressionPlace.Trigger) && !Allow(call, ExpressionPlace.Pipeline))
        {
            return ExpressionType.Any;
        }

        return _scope.PipelineType;
    }

    private ExpressionType CheckTrigger(CallNode call, ExpressionType? type) =>
        Allow(call, ExpressionPlace.Trigger) && type is not null ? type : ExpressionType.Any;

    private ExpressionType CheckTriggerBody(CallNode call)
    {
        if (_scope is { Place: ExpressionPlace.Trigger, HasNoTriggerBody: true })
        {
            Report(CheckDiagnostics.MisplacedFunction, call.NameToken.Span, $"'{call.Name}()' is what an event sends, and this trigger waits for none. Use trigger().");
            return ExpressionType.Any;
        }

        return CheckTrigger(call, _scope.TriggerBody);
    }

    private ExpressionType CheckItem(CallNode call)
    {
        if (!Allow(call, ExpressionPlace.Pipeline) || _scope.Place == ExpressionPlace.Other)
        {
            return ExpressionType.Any;
        }

        if (_scope.Item is { } item)
        {
            return item.Value;
        }

        Report(CheckDiagnostics.MisplacedFunction, call.NameToken.Span, "item() has a value only in the activities inside of a ForEach, and in the condition of a Filter.");
        return ExpressionType.Any;
    }

    private ExpressionType CheckVariable(CallNode call)
    {
        if (FindName(call) is not { } name || _scope.Variables is not { } variables)
        {
            return ExpressionType.Any;
        }

        if (variables.TryGetValue(name.Text, out var variable))
        {
            return variable.Type;
        }

        var (advice, fixes) = Suggest(name.Text, name.Span, variables.Values.Select(v => v.Name), ExpressionText.Quote);
        ReportMissing(
            CheckDiagnostics.UnknownVariable, name.Span, $"The pipeline has no variable '{name.Text}'.{advice}",
            new MissingName(MissingKind.Variable, name.Text, ExpressionType.Any), fixes);
        return ExpressionType.Any;
    }

    private ExpressionType CheckActivity(CallNode call)
    {
        if (FindName(call) is not { } name || _scope.Activities is not { } activities)
        {
            return UnknownActivityType.Value;
        }

        if (!activities.TryGetValue(name.Text, out var activity))
        {
            // Those that can be read are the likelier ones.
            var known = activities.Values.Select(a => a.Name).OrderBy(n => _scope.ReachOf(n) == ActivityReach.Upstream ? 0 : 1);
            var (advice, fixes) = Suggest(name.Text, name.Span, known, ExpressionText.Quote);
            Report(CheckDiagnostics.UnknownActivity, name.Span, $"The pipeline has no activity '{name.Text}'.{advice}", fixes);
            return UnknownActivityType.Value;
        }

        CheckReach(activity, name.Span);
        return activity.TypeOf(_scope.HasFailed(activity.Name));
    }

    private void CheckReach(ActivitySymbol activity, TextSpan span)
    {
        switch (_scope.ReachOf(activity.Name))
        {
            case ActivityReach.Itself:
                Report(CheckDiagnostics.NotUpstream, span, $"'{activity.Name}' has not ended while this is evaluated: the expression is part of it.");
                break;
            case ActivityReach.InLoop:
                Report(CheckDiagnostics.NotUpstream, span, $"'{activity.Name}' is inside of a ForEach, and cannot be read from outside: it runs once for each item. Append to a variable in the loop, and read that.");
                break;
            case ActivityReach.InBranch:
                Report(CheckDiagnostics.MaybeSkipped, span, $"'{activity.Name}' is in a branch that may not be taken: then the expression fails. Set a variable in each branch, and read that.");
                break;
            case ActivityReach.NotUpstream:
                ReportMissing(
                    CheckDiagnostics.NotUpstream, span, $"Nothing makes this activity wait for '{activity.Name}'. Add it, or the container that it is in, to dependsOn: here, or of an activity between them.",
                    new MissingName(MissingKind.Dependency, activity.Name, ExpressionType.Any));
                break;
        }
    }

    /// <summary>The name that a call is given; null where it is not there yet, or is computed.</summary>
    private (string Text, TextSpan Span)? FindName(CallNode call)
    {
        switch (call.Arguments)
        {
            case [LiteralNode { Value: StringValue text } literal]:
                return (text.Value, literal.Span);
            case [not (ErrorNode or LiteralNode or CallNode { Open: null }) and { } computed]:
                Report(CheckDiagnostics.ComputedName, computed.Span, $"The name in {call.Name}(…) must be written out: the service looks it up before the pipeline runs.");
                return null;
            default:
                return null;
        }
    }
}

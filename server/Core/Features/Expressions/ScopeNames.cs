using Pipewright.Core.Expressions;

namespace Pipewright.Core.Features.Expressions;

/// <summary>What can be named at a place, as it is written.</summary>
internal static class ScopeNames
{
    /// <summary>All names with their types; the nearest to the place first.</summary>
    public static IEnumerable<(string Text, ExpressionType Type, CompletionKind Kind, string? Detail)> Find(ExpressionScope scope)
    {
        foreach (var member in scope.Item?.Value.Members?.Values ?? [])
        {
            yield return ("item()" + Access(member.Name), member.Type, CompletionKind.Property, null);
        }

        var holder = scope.Place switch { ExpressionPlace.Dataset => "dataset()", ExpressionPlace.LinkedService => "linkedService()", _ => "pipeline().parameters" };
        foreach (var parameter in Sorted(scope.Parameters?.Values))
        {
            yield return (holder + Access(parameter.Name), parameter.Type, CompletionKind.Parameter, $"{parameter.Type.Describe()} parameter");
        }

        foreach (var variable in Sorted(scope.Variables?.Values))
        {
            yield return ($"variables({ExpressionText.Quote(variable.Name)})", variable.Type, CompletionKind.Variable, $"{variable.Type.Describe()} variable");
        }

        foreach (var activity in (scope.Activities?.Values ?? []).Where(a => scope.ReachOf(a.Name) == ActivityReach.Upstream).OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase))
        {
            yield return ($"activity({ExpressionText.Quote(activity.Name)}).output", activity.Output.Value, CompletionKind.Activity, activity.Type);
        }

        foreach (var parameter in Sorted(scope.GlobalParameters?.Values).OrderBy(p => p.OnlyIn is not null))
        {
            var where = parameter.OnlyIn is null ? "" : $", live, only in {parameter.OnlyIn}";
            yield return ("pipeline().globalParameters" + Access(parameter.Name), parameter.Type, CompletionKind.Parameter, $"{parameter.Type.Describe()} global parameter{where}");
        }

        foreach (var (call, type) in new[] { ("trigger()", scope.Trigger), ("triggerBody()", scope.TriggerBody) })
        {
            foreach (var member in type?.Members?.Values ?? [])
            {
                yield return (call + Access(member.Name), member.Type, CompletionKind.Property, member.Description);
            }
        }
    }

    /// <summary>Whether a function may stand at the place.</summary>
    public static bool MayCall(FunctionSignature function, ExpressionScope scope) => function.Category != FunctionCatalog.ContextCategory || function.Name switch
    {
        "dataset" => scope.Place is ExpressionPlace.Dataset,
        "linkedService" => scope.Place is ExpressionPlace.LinkedService,
        "trigger" or "triggerBody" => scope.Place is ExpressionPlace.Trigger,
        "item" => scope.Item is not null,
        "pipeline" => scope.Place is ExpressionPlace.Pipeline or ExpressionPlace.Trigger,
        _ => scope.Place is ExpressionPlace.Pipeline,
    };

    private static string Access(string name) => ExpressionText.IsPlainName(name) ? "." + name : $"[{ExpressionText.Quote(name)}]";

    private static IEnumerable<NamedSymbol> Sorted(IEnumerable<NamedSymbol>? symbols) => (symbols ?? []).OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase);
}

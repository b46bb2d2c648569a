// Where a pipeline sets its variables, and what it returns.
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Rules.Activities;

/// <summary>A SetVariable or AppendVariable activity.</summary>
/// <param name="Name">The variable's name as it is written.</param>
/// <param name="Variable">Null where the pipeline declares none of that name.</param>
internal sealed record VariableWrite(ActivityNode Activity, BoundScalar Name, DeclaredName? Variable)
{
    /// <summary>The name by which a SetVariable activity sets what its pipeline returns, together with a flag.</summary>
    public const string ReturnVariable = "pipelineReturnValue";

    public bool Appends => Activity.Is("AppendVariable");

    /// <summary>The value that is written; null where there is none.</summary>
    public BoundNode? Value => Activity.FindValue("value");

    /// <summary>All of a pipeline that run and whose name is written out. Those that set what the pipeline returns are no variables.</summary>
    public static IEnumerable<VariableWrite> FindAll(RuleContext context)
    {
        var declared = Declared.Variables(context.Resource);
        return from activity in context.Running("SetVariable", "AppendVariable")
               where !IsReturn(activity)
               let name = activity.FindLiteral("variableName")
               where name is { Kind: ScalarKind.String, Text.Length: > 0 }
               select new VariableWrite(activity, name, declared.LastOrDefault(d => d.Name.Equals(name.Text, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Whether the activity sets what the pipeline returns.</summary>
    public static bool IsReturn(ActivityNode activity) => activity.Is("SetVariable") && activity.IsFlag("setSystemVariable", true);
}

using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Rules.Activities;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Databricks;

/// <summary>An activity that calls a notebook whose file is known.</summary>
internal sealed record NotebookCall(ActivityNode Activity, BoundScalar Path, NotebookContract Contract)
{
    /// <summary>What is passed; null where nothing is, or where it is computed as a whole.</summary>
    public BoundObject? Parameters { get; } = Activity.FindValue("baseParameters") as BoundObject;

    /// <summary>Whether it is known what is passed.</summary>
    public bool KnowsParameters => Activity.FindValue("baseParameters") is null || (Parameters is { } map && !DynamicContent.IsExpressionObject(map));

    public IEnumerable<BoundProperty> Passed => KnowsParameters ? Parameters?.Properties ?? [] : [];

    public bool Passes(string name) => Passed.Any(p => p.Name == name);

    public static IEnumerable<NotebookCall> FindAll(RuleContext context) =>
        from activity in context.Running("DatabricksNotebook")
        let path = NotebookContract.PathOf(activity)
        where path is not null
        let contract = NotebookContract.Of(context.Factory, activity)
        where contract is not null
        select new NotebookCall(activity, path, contract);

    /// <summary>The last part of the notebook's path.</summary>
    public string Name => Contract.File.WorkspacePath[(Contract.File.WorkspacePath.LastIndexOf('/') + 1)..];

    /// <summary>The fix that passes a parameter on from the pipeline, which is given one where it has none of that name.</summary>
    public ImmutableArray<CodeFix> PassFixes(RuleContext context, string name)
    {
        var passed = context.Edits.SetMembers(Activity.Activity.Node, "typeProperties.baseParameters", Parameters, [(name, new NewScalar($"@pipeline().parameters.{name}"))]);
        if (passed.IsEmpty || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || char.IsAsciiDigit(name[0]))
        {
            return [];
        }

        var isDeclared = Declared.In(context.Properties, "parameters").Any(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        var declared = isDeclared ? [] : context.Declarations.AddParameter(name, ExpressionType.String);
        return isDeclared ? [new CodeFix($"Pass the pipeline's parameter '{name}'", passed)]
            : declared.IsEmpty ? [] : [new CodeFix($"Pass '{name}' from a new parameter of the pipeline", [.. declared, .. passed])];
    }
}

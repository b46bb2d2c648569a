using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Rules;

/// <summary>What a rule is given: one resource, and what can be asked about it. What several rules need is worked out once. An instance is for one thread.</summary>
public sealed class RuleContext
{
    private readonly Lazy<ImmutableArray<ActivityScope>> _scopes;
    private readonly Lazy<ImmutableArray<AnalysedExpression>> _expressions;
    private readonly Lazy<ImmutableArray<WorkspaceName>> _workspaceNames;

    /// <param name="index">Which of the document's resources this is.</param>
    public RuleContext(FactorySnapshot factory, ResourceDocument document, int index)
    {
        Factory = factory;
        Document = document;
        Resource = document.Resources[index];
        References = document.References[index];
        Names = new ResourceNames(factory, Resource);
        Edits = new ResourceEdits(document);
        Declarations = new Declarations(document, Resource);
        _scopes = new Lazy<ImmutableArray<ActivityScope>>(() => Kind == ResourceKind.Pipeline ? ActivityScope.FindAll(Resource) : []);
        _expressions = new Lazy<ImmutableArray<AnalysedExpression>>(() => [.. ExpressionSite.FindAll(Resource)
            .Select(s => new AnalysedExpression(s, s.IsDynamic ? Names.Analyse(s) : null))]);
        _workspaceNames = new Lazy<ImmutableArray<WorkspaceName>>(() => [.. WorkspaceName.FindAll(factory, Resource)]);
    }

    /// <summary>What is asked of it is written down: a rule does not look at its documents by path.</summary>
    public FactorySnapshot Factory { get; }

    public ResourceDocument Document { get; }

    public BoundResource Resource { get; }

    public ResourceKind Kind => Resource.Kind;

    public BoundObject? Properties => Resource.Properties;

    /// <summary>The references that the resource makes, in text order.</summary>
    public ImmutableArray<ResourceReference> References { get; }

    /// <summary>The lists of activities, outer before inner. None but for a pipeline.</summary>
    public ImmutableArray<ActivityScope> Scopes => _scopes.Value;

    /// <summary>The activities of a pipeline as a graph; empty for other resources.</summary>
    public ActivityGraph Graph => Names.Graph.Value;

    /// <summary>All activities of a pipeline in text order, those inside of containers included.</summary>
    public ImmutableArray<ActivityNode> Activities => Kind == ResourceKind.Pipeline ? Graph.All : [];

    public ResourceNames Names { get; }

    /// <summary>The strings of the resource that may be expressions, in text order.</summary>
    public ImmutableArray<AnalysedExpression> Expressions => _expressions.Value;

    /// <summary>What the resource names of Databricks workspaces, in text order.</summary>
    public ImmutableArray<WorkspaceName> WorkspaceNames => _workspaceNames.Value;

    public ResourceEdits Edits { get; }

    public Declarations Declarations { get; }

    /// <summary>Whether a node is part of an activity that is switched off, which the service does not validate.</summary>
    public bool IsInactive(BoundNode node) => Kind == ResourceKind.Pipeline
        && Graph.FindEnclosing(node)?.ContainersAndSelf().Any(a => a.IsInactive) == true;
}

/// <summary>A string that may be an expression.</summary>
/// <param name="Analysis">Null where the service takes the text as it is.</param>
public sealed record AnalysedExpression(ExpressionSite Site, ExpressionAnalysis? Analysis);

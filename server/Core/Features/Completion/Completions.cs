// The proposals at a place: finds what can be written there, and asks each kind of completion for it.
using Pipewright.Core.Factory;
using Pipewright.Core.Features.Completion.Flows;
using Pipewright.Core.Features.Expressions;
using Pipewright.Core.Features.PipelineTests;

namespace Pipewright.Core.Features.Completion;

internal static class Completions
{
    /// <param name="typed">What has just been typed, where nobody asked for proposals.</param>
    /// <returns>The proposals in order; none where nothing is known to fit.</returns>
    public static CompletionResult Find(FactorySnapshot factory, ResourceDocument document, int offset, char? typed, CancellationToken cancellation)
    {
        if (ExpressionCompletion.Find(factory, document, offset) is { } inExpression)
        {
            return inExpression;
        }

        if (!document.IsForeign && new CursorText(document.Syntax, offset).IsInComment)
        {
            return SuppressionCompletion.Find(factory, document, offset, cancellation);
        }

        // These mean something in expressions only: in other text they are just text.
        if (typed is '@' or '.' or '(' or '?')
        {
            return CompletionResult.Empty;
        }

        var request = new CompletionRequest(factory, document, offset);
        var list = new CompletionList();
        foreach (var site in CompletionSite.Find(document, offset))
        {
            cancellation.ThrowIfCancellationRequested();
            switch (site)
            {
                case PropertySite properties:
                    DependencyCompletion.AddKeys(list, request, properties);
                    ParameterCompletion.AddNames(list, request, properties);
                    PipelineTestCompletion.AddNames(list, request, properties);
                    NotebookCompletion.AddNames(list, request, properties);
                    WorkspaceCompletion.AddNames(list, request, properties);
                    PropertyCompletion.Add(list, request, properties);
                    VariantCompletion.AddMembers(list, request, properties);
                    FlowCompletion.Add(list, request, properties);
                    break;
                case ValueSite value:
                    ResourceCompletion.Add(list, request, value);
                    DependencyCompletion.AddNames(list, request, value);
                    ParameterCompletion.AddValues(list, request, value);
                    PipelineTestCompletion.AddValues(list, request, value);
                    NotebookCompletion.AddPaths(list, request, value);
                    NotebookCompletion.AddValues(list, request, value);
                    WorkspaceCompletion.AddIds(list, request, value);
                    WorkspaceCompletion.AddValues(list, request, value);
                    UsedValueCompletion.Add(list, request, value);
                    VariableCompletion.Add(list, request, value);
                    VariantCompletion.AddTypes(list, request, value);
                    LiteralCompletion.Add(list, request, value);
                    FlowCompletion.Add(list, request, value);
                    break;
            }
        }

        return list.ToResult();
    }
}

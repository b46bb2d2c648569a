using System.Collections.Immutable;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Features.Completion;
using Pipewright.Core.Features.Configuration;
using Pipewright.Core.Features.Expressions;
using Pipewright.Core.Features.Formatting;
using Pipewright.Core.Features.Graphs;
using Pipewright.Core.Features.Hints;
using Pipewright.Core.Features.Lenses;
using Pipewright.Core.Features.Navigation;
using Pipewright.Core.Features.Notebooks;
using Pipewright.Core.Features.Refactorings;
using Pipewright.Core.Features.Tokens;
using Pipewright.Core.PipelineTests;
using Pipewright.Core.Rules;
using Pipewright.Core.Rules.Suppression;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features;

/// <summary>Every feature that the editor asks for, each a function of a snapshot and a place. All throw <see cref="OperationCanceledException"/> when cancelled.</summary>
public static class LanguageFeatures
{
    /// <summary>
    /// All findings on one document that are not off: its own and those that come from the rest of the factory, in text order. None on a file that is
    /// not ours.
    /// </summary>
    public static ImmutableArray<Diagnostic> GetDiagnostics(FactorySnapshot factory, ResourceDocument document, CancellationToken cancellation) =>
        document.IsForeign ? [] : Settle(factory, document, document.IsTest ? PipelineTestFindings.Find(factory, document) : RuleSet.Check(factory, document, cancellation));

    /// <summary>The same findings, with fixes that fit the factory as it is now: those remembered may have been thought of for an older one.</summary>
    public static ImmutableArray<Diagnostic> GetDiagnosticsWithFixes(FactorySnapshot factory, ResourceDocument document, CancellationToken cancellation) =>
        document.IsForeign ? [] : Settle(factory, document, document.IsTest ? PipelineTestFindings.Find(factory, document) : RuleSet.CheckAnew(factory, document, cancellation));

    /// <summary>Ways to hear no more of a finding of a document: on its line, or of its rule in the whole factory.</summary>
    public static ImmutableArray<CodeFix> GetRuleSwitches(FactorySnapshot factory, ResourceDocument document, Diagnostic finding) => RuleSwitches.Find(factory, document, finding);

    /// <summary>The changes that all fixes come to which people would take without thinking; none where there are no such.</summary>
    /// <param name="code">Of findings of one code; null for all errors and warnings.</param>
    public static ImmutableArray<TextChange> GetFixAll(FactorySnapshot factory, ResourceDocument document, string? code, CancellationToken cancellation) =>
        document.IsForeign ? [] : FixAll.Find(factory, document, code, cancellation);

    /// <summary>How many findings of a code <see cref="GetFixAll"/> can mend.</summary>
    public static int CountFixable(IEnumerable<Diagnostic> found, string code) => FixAll.Count(found, code);

    public static CompletionResult GetCompletion(FactorySnapshot factory, ResourceDocument document, int offset, CancellationToken cancellation) =>
        Completions.Find(factory, document, offset, null, cancellation);

    /// <summary>The proposals that come unasked.</summary>
    /// <param name="typed">The character before the cursor, which has just been typed.</param>
    public static CompletionResult GetCompletion(FactorySnapshot factory, ResourceDocument document, int offset, char typed, CancellationToken cancellation) =>
        Completions.Find(factory, document, offset, typed, cancellation);

    /// <summary>What is wrong with the factory's settings, those included that its files make useless, in text order.</summary>
    public static ImmutableArray<Diagnostic> GetConfigurationDiagnostics(FactorySnapshot factory) => ConfigurationFindings.Find(factory.Configuration, TargetOverrides.Check(factory));

    /// <summary>The proposals at an offset of the factory's settings; none where there is no file of them.</summary>
    public static CompletionResult GetConfigurationCompletion(FactorySnapshot factory, int offset) => ConfigurationCompletion.Find(factory.Configuration, offset);

    /// <summary>What stands at an offset of the factory's settings; null where nothing is known of it.</summary>
    public static HoverResult? GetConfigurationHover(FactorySnapshot factory, int offset) => ConfigurationHover.Find(factory.Configuration, offset);

    /// <summary>The outline of the factory's settings, in text order; empty where there is no file of them.</summary>
    public static ImmutableArray<OutlineItem> GetConfigurationOutline(FactorySnapshot factory) => ConfigurationOutline.Find(factory.Configuration);

    /// <param name="live">What to say of the target's factory beside what it has; null for nothing.</param>
    public static HoverResult? GetHover(FactorySnapshot factory, ResourceDocument document, int offset, CancellationToken cancellation, LiveView? live = null)
    {
        cancellation.ThrowIfCancellationRequested();
        return ExpressionHover.Find(factory, document, offset) is { } inExpression
            ? SymbolHover.Complete(inExpression, factory, document, offset)
            : SymbolHover.Find(factory, document, offset, live) ?? NotebookPlace.At(factory, document, offset)?.Describe(factory, live)
                ?? WorkspaceHover.Find(factory, document, offset, live) ?? Hover.Find(factory, document, offset);
    }

    public static ImmutableArray<OutlineItem> GetOutline(ResourceDocument document, CancellationToken cancellation) => Outline.Find(document, cancellation);

    public static SignatureResult? GetSignature(ResourceDocument document, int offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ExpressionSignature.Find(document, offset);
    }

    /// <summary>The tokens of a document, or of what touches a span of it, in text order.</summary>
    public static ImmutableArray<SemanticToken> GetTokens(FactorySnapshot factory, ResourceDocument document, TextSpan? within, CancellationToken cancellation) =>
        SemanticTokens.Find(factory, document, within, cancellation);

    /// <summary>Other ways to write or to order what is selected, which mean the same.</summary>
    /// <param name="selection">Empty for a cursor.</param>
    public static ImmutableArray<Refactoring> GetRefactorings(FactorySnapshot factory, ResourceDocument document, TextSpan selection, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return document.IsTest ? [] : AllRefactorings.Find(factory, document, selection, cancellation);
    }

    /// <summary>What stands at an offset that has a name; null where nothing does.</summary>
    public static RenameTarget? GetRenameTarget(FactorySnapshot factory, ResourceDocument document, int offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Rename.FindTarget(factory, document, offset) ?? NotebookPlace.At(factory, document, offset)?.FindRenameTarget();
    }

    /// <summary>Gives what stands at an offset another name, everywhere; null where nothing there has a name.</summary>
    /// <param name="canRenameFiles">Else the files keep their names, and what they are named after gets its name by text alone.</param>
    public static RenameResult? GetRename(
        FactorySnapshot factory, ResourceDocument document, int offset, string newName, bool canRenameFiles, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Rename.Make(factory, document, offset, newName, canRenameFiles) ?? NotebookPlace.At(factory, document, offset)?.Rename(factory, newName);
    }

    /// <summary>The edits that go with another name of a file: of the resource that is named after it, and of all that refer to it. Null where none is.</summary>
    public static RenameResult? GetRenameWithFile(
        FactorySnapshot factory, ResourceDocument document, FileClassification renamed, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Rename.MakeWithFile(factory, document, renamed);
    }

    /// <summary>Where what stands at an offset is declared, in whichever files; null where it is no name, or none declares it. Of a declaration itself.</summary>
    public static DefinitionResult? GetDefinition(FactorySnapshot factory, ResourceDocument document, int offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Definitions.Find(factory, document, offset) ?? NotebookPlace.At(factory, document, offset)?.Define();
    }

    /// <summary>What stands behind what is named at an offset: of a dataset its linked service, of an activity what it reads or runs. Null where nothing does.</summary>
    public static DefinitionResult? GetTypeDefinition(FactorySnapshot factory, ResourceDocument document, int offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Definitions.FindBehind(factory, document, offset);
    }

    /// <summary>Every place of every file that names what stands at an offset, in the order of paths, then of the text. None where it is no name.</summary>
    public static ImmutableArray<Place> GetReferences(
        FactorySnapshot factory, ResourceDocument document, int offset, bool withDeclaration, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Definitions.FindReferences(factory, document, offset, withDeclaration) is { IsEmpty: false } places ? places
            : NotebookPlace.At(factory, document, offset)?.FindReferences(factory) ?? [];
    }

    /// <summary>Every place of the document that names what stands at an offset, in text order. None where it is no name.</summary>
    public static ImmutableArray<Highlight> GetHighlights(FactorySnapshot factory, ResourceDocument document, int offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Definitions.FindHighlights(factory, document, offset);
    }

    /// <summary>What an offset is on, or in, that calls or is called: a pipeline, a trigger, a data flow. None elsewhere.</summary>
    public static ImmutableArray<CallItem> GetCallItems(FactorySnapshot factory, ResourceDocument document, int offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return CallHierarchy.Find(factory, document, offset);
    }

    /// <summary>Who calls a resource, which need not be there, in the order of their files.</summary>
    public static ImmutableArray<CallLink> GetCallers(FactorySnapshot factory, ResourceKind kind, string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return CallHierarchy.FindCallers(factory, kind, name);
    }

    /// <summary>Whom a resource calls, in the order of its text. None for one that is not there.</summary>
    /// <param name="path">The file that declares it.</param>
    public static ImmutableArray<CallLink> GetCalled(FactorySnapshot factory, ResourceKind kind, string name, string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return CallHierarchy.FindCalled(factory, kind, name, path);
    }

    /// <summary>What is called like that, roughly, in any of the factories; best first.</summary>
    /// <param name="query">A few letters of the name, in their order. Empty for everything.</param>
    /// <param name="most">How many there may be.</param>
    public static ImmutableArray<FoundName> FindNames(IReadOnlyList<FactorySnapshot> factories, string query, int most, CancellationToken cancellation) =>
        NameSearch.Find(factories, query, most, cancellation);

    /// <summary>The texts of a document that lead to a file or a page, in text order.</summary>
    public static ImmutableArray<LinkResult> GetLinks(FactorySnapshot factory, ResourceDocument document, CancellationToken cancellation) =>
        DocumentLinks.Find(factory, document, cancellation);

    /// <summary>What growing a selection takes in: from the innermost to the whole text, each longer than the one before it.</summary>
    public static ImmutableArray<TextSpan> GetSelectionRanges(ResourceDocument document, int offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return SelectionRanges.Find(document, offset);
    }

    /// <summary>What can be folded away, in text order.</summary>
    public static ImmutableArray<Fold> GetFolds(ResourceDocument document, CancellationToken cancellation) => Folds.Find(document, cancellation);

    /// <summary>What lays a document out, in text order: changes of white space that leave its meaning alone. None of a text with syntax errors.</summary>
    public static ImmutableArray<TextChange> GetLayout(ResourceDocument document, LayoutStyle style, CancellationToken cancellation) =>
        document.IsForeign ? [] : DocumentLayout.Find(document.Syntax, style, cancellation);

    /// <summary>The same of the lines that a span touches.</summary>
    public static ImmutableArray<TextChange> GetLayout(ResourceDocument document, TextSpan within, LayoutStyle style, CancellationToken cancellation) =>
        document.IsForeign ? [] : DocumentLayout.Find(document.Syntax, within, style, cancellation);

    /// <summary>What follows from a character that has just been typed: the indentation of a new line, the quotes around an expression.</summary>
    /// <param name="offset">Just behind it.</param>
    /// <param name="typed">A line feed or <c>@</c>; of others nothing follows.</param>
    public static ImmutableArray<TextChange> GetTypingLayout(ResourceDocument document, int offset, char typed, LayoutStyle style, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return document.IsForeign ? [] : TypingLayout.Find(document, offset, typed, style);
    }

    /// <summary>The notes of some kinds that stand in a span, in text order.</summary>
    public static ImmutableArray<Hint> GetHints(FactorySnapshot factory, ResourceDocument document, TextSpan within, HintKinds kinds, CancellationToken cancellation) =>
        document.IsTest ? [] : InlayHints.Find(factory, document, within, kinds, cancellation);

    /// <summary>What a document would like to know of Databricks workspaces, known already or not.</summary>
    public static ImmutableArray<WorkspaceNeed> GetWorkspaceNeeds(FactorySnapshot factory, ResourceDocument document) => document.IsForeign ? [] : WorkspaceNeeds.Find(factory, document);

    /// <summary>A pipeline as a graph. Null for a document that holds none.</summary>
    /// <param name="offset">Of a document of several pipelines, in the one that is meant; else the first is.</param>
    public static PipelineGraph? GetGraph(FactorySnapshot factory, ResourceDocument document, int offset, CancellationToken cancellation)
    {
        var pipelines = document.Resources.Where(r => r.Kind == ResourceKind.Pipeline).ToList();
        var pipeline = pipelines.FirstOrDefault(r => r.Content?.Span.Touches(offset) == true) ?? pipelines.FirstOrDefault();
        return pipeline is null ? null : PipelineGraph.Create(factory, document, pipeline, GetDiagnostics(factory, document, cancellation));
    }

    /// <summary>The resources of a factory as a graph.</summary>
    /// <param name="withFindings">Whether to look at what is wrong with them, which takes longer.</param>
    public static FactoryGraph GetGraph(FactorySnapshot factory, bool withFindings, CancellationToken cancellation) =>
        FactoryGraph.Create(factory, withFindings ? d => GetDiagnostics(factory, d, cancellation) : null, cancellation);

    /// <summary>A graph as text for a tool that draws it.</summary>
    public static string WriteGraph(PipelineGraph graph, GraphLanguage language) => GraphText.Write(language, DrawnNode.Of(graph), DrawnEdge.Of(graph));

    /// <summary>A graph as text for a tool that draws it.</summary>
    public static string WriteGraph(FactoryGraph graph, GraphLanguage language) => GraphText.Write(language, DrawnNode.Of(graph), DrawnEdge.Of(graph));

    /// <summary>The heads of a document's resources, in text order.</summary>
    public static ImmutableArray<ResourceHead> GetHeads(ResourceDocument document, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return CodeLenses.FindHeads(document);
    }

    /// <summary>All places that name a resource without declaring it, in the order of paths, then of the text.</summary>
    public static ImmutableArray<Place> GetUses(FactorySnapshot factory, ResourceKind kind, string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return CodeLenses.FindUses(factory, kind, name);
    }

    /// <summary>What other documents see of one; the same text as long as they see the same.</summary>
    public static string DescribeOutside(ResourceDocument document) => CodeLenses.DescribeOutside(document);

    /// <summary>The places of one activity or variable that can be typed in at once, in text order; none where that would not be safe.</summary>
    public static ImmutableArray<TextSpan> GetLinkedNames(FactorySnapshot factory, ResourceDocument document, int offset, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return LinkedNames.Find(factory, document, offset);
    }

    /// <summary>The findings as the factory's configuration and the document's comments want to have them.</summary>
    private static ImmutableArray<Diagnostic> Settle(FactorySnapshot factory, ResourceDocument document, ImmutableArray<Diagnostic> ofRules)
    {
        var configuration = factory.Configuration;
        IReadOnlyList<Diagnostic> found = [.. document.Diagnostics.Concat(ofRules)
            .Select(d => configuration.SeverityOf(d.Descriptor) is var severity && severity != d.Severity ? d with { Severity = severity } : d).Where(d => d.Severity != DiagnosticSeverity.Off)];
        return [.. SuppressionFindings.Apply(document, configuration, found).OrderBy(d => d.Span.Start)];
    }
}

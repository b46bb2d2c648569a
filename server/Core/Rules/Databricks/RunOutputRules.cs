// Rules about what is read of a notebook's exit value. Facts by Microsoft's documentation of the activity's output.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Databricks;

/// <summary>A place that reads <c>activity('…').output.runOutput</c> of a notebook whose file is known.</summary>
/// <param name="Access">The node that reads <c>runOutput</c>.</param>
internal sealed record RunOutputUse(ExpressionSite Site, string Activity, ExpressionNode Access, NotebookContract Contract)
{
    public static IEnumerable<RunOutputUse> FindAll(RuleContext context)
    {
        foreach (var (site, _) in context.Expressions.Where(e => e.Analysis is not null && !context.IsInactive(e.Site.Scalar)))
        {
            foreach (var call in site.Template.Parts.OfType<ExpressionPart>().SelectMany(p => CallsIn(p.Expression)))
            {
                if (call.Arguments is [LiteralNode { Value: StringValue { Value: var name } }] && Follow(Follow(call, "output"), "runOutput") is { } access
                    && context.Graph.Find(name) is { } activity && NotebookContract.Of(context.Factory, activity) is { } contract)
                {
                    yield return new RunOutputUse(site, activity.Name, access, contract);
                }
            }
        }
    }

    /// <summary>The members that are read of the value, one inside of the other, with the places of their names.</summary>
    public IEnumerable<(string Name, TextSpan Span)> Members()
    {
        for (var node = Access; node.Parent is { } parent && NameOf(parent, node) is ({ } name, var span); node = parent)
        {
            yield return (name, span);
        }
    }

    public TextSpan ToSource(TextSpan span) => Site.Syntax.ToSourceSpan(span);

    public static (string? Name, TextSpan Span) NameOf(ExpressionNode node, ExpressionNode target) => node switch
    {
        MemberNode { NameToken: { } token } member when member.Target == target => (member.Name, token.Span),
        IndexNode { Index: LiteralNode { Value: StringValue { Value: var text } } index } access when access.Target == target && index.Span.Length >= 2 => (text, new TextSpan(index.Span.Start + 1, index.Span.Length - 2)),
        _ => (null, default),
    };

    private static ExpressionNode? Follow(ExpressionNode? node, string member) =>
        node?.Parent is { } parent && NameOf(parent, node).Name is { } name && name.Equals(member, StringComparison.OrdinalIgnoreCase) ? parent : null;

    private static IEnumerable<CallNode> CallsIn(ExpressionNode root)
    {
        var pending = new Stack<ExpressionNode>([root]);
        while (pending.TryPop(out var node))
        {
            if (node is CallNode call && call.Calls("activity"))
            {
                yield return call;
            }

            foreach (var child in node.Children)
            {
                pending.Push(child);
            }
        }
    }
}

/// <summary>A member of an exit value that is only a text.</summary>
internal sealed class RunOutputTextRule() : Rule(new("PW6012", DiagnosticSeverity.Warning, "Exit value of the notebook is no JSON"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from use in RunOutputUse.FindAll(context)
        where use.Contract.KnowsExits && use.Contract.Returned is { Kind: ReturnedKind.Text }
        let member = use.Members().FirstOrDefault()
        where member.Name is not null
        select Descriptor.At(use.ToSource(member.Span), $"The notebook of '{use.Activity}' exits with a text that is no JSON, so it has no member '{member.Name}'. Exit with json.dumps({{…}}), or read 'runOutput' alone.");
}

/// <summary>A member that the notebook doesn't give back.</summary>
internal sealed class RunOutputMemberRule() : Rule(new("PW6013", DiagnosticSeverity.Hint, "Notebook doesn't return this"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var use in RunOutputUse.FindAll(context).Where(u => u.Contract.KnowsExits))
        {
            var value = use.Contract.Returned;
            foreach (var (name, span) in use.Members())
            {
                if (value is not { Kind: ReturnedKind.Object, IsOpen: false })
                {
                    break;
                }

                var member = value.Members.FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
                if (member is null)
                {
                    yield return Report(context, use, value.Members, name, span);
                }

                value = member?.Value;
            }
        }
    }

    private Diagnostic Report(RuleContext context, RunOutputUse use, ImmutableArray<ReturnedMember> members, string name, TextSpan span)
    {
        var closest = Spelling.FindClosest(name, members.Select(m => m.Name));
        var known = members.IsEmpty ? "" : $" It returns {string.Join(", ", members.Select(m => m.Name))}.";
        return Descriptor.At(
            use.ToSource(span), $"The notebook of '{use.Activity}' returns no '{name}'." + (closest is null ? known : $" Did you mean '{closest}'?"),
            closest is null || !closest.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? [] : [new CodeFix($"Change to '{closest}'", ScalarEdits.Replace(context.Document.Text, use.Site.Syntax, [new TextChange(span, closest)]))]);
    }
}

/// <summary>The output has no <c>runOutput</c> when the notebook doesn't exit with a value.</summary>
internal sealed class MissingExitRule() : Rule(new("PW6014", DiagnosticSeverity.Hint, "Notebook without an exit value"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var use in RunOutputUse.FindAll(context).Where(u => u.Contract is { KnowsExits: true, Returned: null } && u.Access is MemberNode { Question: null, NameToken: not null } or IndexNode { Question: null }))
        {
            var span = use.Access is MemberNode member ? member.NameToken!.Value.Span : ((IndexNode)use.Access).Index.Span;
            var mark = use.Access is MemberNode dotted ? dotted.Dot.Span : ((IndexNode)use.Access).Open.Span;
            yield return Descriptor.At(
                use.ToSource(span), $"The notebook of '{use.Activity}' gives nothing back, so there is no 'runOutput'. Call dbutils.notebook.exit in it, or read '?.runOutput'.",
                new CodeFix("Read '?.runOutput'", ScalarEdits.Replace(context.Document.Text, use.Site.Syntax, [new TextChange(new TextSpan(mark.Start, 0), "?")])));
        }
    }
}

/// <summary>A notebook reads what looks like a slip of what the one before it writes. Off by itself: names that are alike may well be meant.</summary>
internal sealed class ChainedDataRule() : Rule(new("PW6015", DiagnosticSeverity.Off, "Notebook reads something else than the one before it writes"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var call in NotebookCall.FindAll(context))
        {
            var before = context.Graph.GetUpstream(call.Activity).Select(a => NotebookContract.Of(context.Factory, a)).OfType<NotebookContract>().ToList();
            var written = before.SelectMany(Accesses).Where(a => a.IsWrite).ToList();
            var own = Accesses(call.Contract).ToList();
            foreach (var read in own.Where(a => !a.IsWrite && !written.Concat(own.Where(o => o.IsWrite)).Any(w => IsSame(w.Name, a.Name))).DistinctBy(a => a.Name))
            {
                if (Spelling.FindClosest(read.Name, written.Where(w => w.IsPath == read.IsPath).Select(w => w.Name).Order(StringComparer.Ordinal)) is { } closest)
                {
                    yield return Descriptor.At(call.Path.Span, $"The notebook '{call.Name}' reads '{read.Name}', and one before it writes '{closest}'. Is one of them a slip?");
                }
            }
        }
    }

    private static IEnumerable<DataAccess> Accesses(NotebookContract contract) => contract.All.SelectMany(f => f.Notebook.Accesses);

    private static bool IsSame(string left, string right) => left.TrimEnd('/').Equals(right.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
}

// Members of objects and elements of arrays.
using Pipewright.Core.Text;

namespace Pipewright.Core.Expressions;

public sealed partial class ExpressionChecker
{
    private const TypeKinds HasMembers = TypeKinds.Object | TypeKinds.Binary | TypeKinds.Xml;

    private ExpressionType CheckIndex(IndexNode index, ExpressionType wanted)
    {
        if (index.Index is LiteralNode { Value: StringValue name } literal)
        {
            CheckNode(literal, ExpressionType.String);
            return CheckAccess(index, index.Target, name.Value, literal.Span, index.Question is not null, wanted);
        }

        var target = CheckNode(index.Target, ExpressionType.Any);
        var by = CheckNode(index.Index, ExpressionType.Any);
        var isNullSafe = index.Question is not null;
        if ((target.Kinds & (HasMembers | TypeKinds.Array)) == 0 && !MayBeNull(target, isNullSafe))
        {
            Report(CheckDiagnostics.NoMembers, index.Open.Span, $"{Capitalise(WithArticle(target))} has no elements that [ ] could take.");
        }
        else if (target.Kinds == TypeKinds.Array && (by.Kinds & (TypeKinds.Integer | TypeKinds.Null)) == 0)
        {
            Report(CheckDiagnostics.NoMembers, index.Index.Span, $"An element of an array is taken by its place, a whole number from 0, and this is {WithArticle(by)}.", Convert(index.Index, by, ExpressionType.Integer));
        }
        else if ((target.Kinds & ~HasMembers) == 0 && (by.Kinds & (TypeKinds.String | TypeKinds.Null)) == 0)
        {
            Report(CheckDiagnostics.NoMembers, index.Index.Span, $"A member of an object is taken by its name, and this is {WithArticle(by)}.");
        }

        var element = target.Kinds == TypeKinds.Array ? target.Element ?? ExpressionType.Any : ExpressionType.Any;
        return isNullSafe ? element.OrNull() : element;
    }

    private ExpressionType CheckAccess(ExpressionNode access, ExpressionNode targetNode, string name, TextSpan span, bool isNullSafe, ExpressionType wanted)
    {
        var target = CheckNode(targetNode, ExpressionType.Any);
        if (name.Length == 0)
        {
            return ExpressionType.Any;
        }

        if ((target.Kinds & HasMembers) == 0)
        {
            if (target.Kinds != TypeKinds.None && !MayBeNull(target, isNullSafe))
            {
                ReportNoMembers(target, name, span);
            }

            return ExpressionType.Any;
        }

        if (target.Members is not { } members)
        {
            return ExpressionType.Any;
        }

        if (members.TryGetValue(name, out var member))
        {
            CheckNull(access, member, isNullSafe);
            return isNullSafe && member.IsOptional ? member.Type.OrNull() : member.Type;
        }

        if (target.LeftOut is { } leftOut && leftOut.TryGetValue(name, out var setting))
        {
            var descriptor = isNullSafe ? CheckDiagnostics.AlwaysNull : CheckDiagnostics.LeftOutMember;
            var asked = FindActivity(targetNode) is { } activity ? new LeftOutMember(activity, name, setting) : null;
            Add(new ExpressionFinding(descriptor.At(span, $"'{name}' is there only if {setting.Wish}, which is not so in the activity."), LeftOut: asked));
            return ExpressionType.Any;
        }

        if (target.Others is { } others)
        {
            return isNullSafe ? others.OrNull() : others;
        }

        ReportUnknownMember(access, targetNode, target, name, span, wanted);
        return ExpressionType.Any;
    }

    /// <summary>The name in <c>activity('name').output</c>; null where it is computed.</summary>
    private static string? FindActivity(ExpressionNode output) => output.Children is [CallNode { Arguments: [LiteralNode { Value: StringValue { Value: var name } }] } call, ..]
        && call.Calls("activity") ? name : null;

    /// <summary>Null has no members either, but where it is expected, or nothing else, nobody can tell before a run.</summary>
    private static bool MayBeNull(ExpressionType target, bool isNullSafe) =>
        target.Kinds == TypeKinds.Null || (isNullSafe && target.Kinds.HasFlag(TypeKinds.Null));

    private void ReportNoMembers(ExpressionType target, string name, TextSpan span)
    {
        var isFirst = target.Kinds == TypeKinds.Array && target.Element is { Members: { } elements } && elements.ContainsKey(name);
        var advice = target.Kinds switch
        {
            TypeKinds.Array when isFirst => $" Its elements have: write [0].{name}, or loop over them.",
            TypeKinds.Array => " Take an element first, as with [0].",
            TypeKinds.String => " If it is JSON text, write json(…) around it.",
            _ => "",
        };
        Report(CheckDiagnostics.NoMembers, span, $"{Capitalise(WithArticle(target))} has no member '{name}'.{advice}");
    }

    /// <summary>What may be missing is read with <c>?.</c>, else the run fails where it is.</summary>
    private void CheckNull(ExpressionNode access, TypeMember member, bool isNullSafe)
    {
        if (!member.IsOptional || isNullSafe)
        {
            return;
        }

        var (at, written) = access switch
        {
            MemberNode { Dot: var dot } => (dot.Span.Start, $"?.{member.Name}"),
            IndexNode { Open: var open } => (open.Span.Start, $"?['{member.Name}']"),
            _ => (access.Span.Start, ""),
        };
        Report(
            CheckDiagnostics.MaybeMissing, new TextSpan(at, access.Span.End - at),
            $"'{member.Name}' is not always there, and reading it then fails. Write {written} to get null instead.",
            new CodeFix("Add '?'", [new TextChange(new TextSpan(at, 0), "?")]));
    }

    private void ReportUnknownMember(ExpressionNode access, ExpressionNode targetNode, ExpressionType target, string name, TextSpan span, ExpressionType wanted)
    {
        var (advice, fixes) = Suggest(name, span, target.Members!.Keys, closest => WriteName(access, closest));
        fixes = access is MemberNode ? RewriteForeign(name, access).AddRange(fixes) : fixes;
        if (!target.IsClosed)
        {
            // It may well have members that nobody has listed: only what looks like a slip is told, or to have lost the step before it.
            if (advice.Length > 0 && !target.IsOpen)
            {
                // Nothing is known for sure, so that nobody's text is changed without being asked.
                Report(CheckDiagnostics.UnlikelyMember, span, $"'{name}' is not known to be there.{advice}", [.. fixes.Select(f => new CodeFix(f.Title, f.Edit) { IsPreferred = false })]);
            }
            else if (targetNode is CallNode call && _scope.Place != ExpressionPlace.Other)
            {
                ReportUnlistedMember(call, access, target, name, span);
            }

            return;
        }

        switch (Classify(targetNode))
        {
            case MemberOwner.Parameters:
                ReportMissing(
                    CheckDiagnostics.UnknownParameter, span, $"There is no parameter '{name}'.{advice}", new MissingName(MissingKind.Parameter, name, wanted), fixes);
                break;
            case MemberOwner.GlobalParameters:
                Report(CheckDiagnostics.UnknownGlobalParameter, span, $"The factory's files declare no global parameter '{name}'.{advice}", fixes);
                break;
            case MemberOwner.Pipeline when ContextMembers.IsFabricOnly(name):
                Report(CheckDiagnostics.UnknownMember, span, $"pipeline().{name} is known in Microsoft Fabric only. Pass the value to a parameter of the pipeline.");
                break;
            default:
                var known = target.Members!.Count is > 0 and <= 12 ? $" It has {string.Join(", ", target.Members.Keys)}." : "";
                Report(CheckDiagnostics.UnknownMember, span, $"There is no member '{name}' here.{(advice.Length > 0 ? advice : known)}", fixes);
                break;
        }
    }

    /// <summary>All that Microsoft's documentation lists of what a context function gives is known; what else the engine may give nobody counts on.</summary>
    private void ReportUnlistedMember(CallNode call, ExpressionNode access, ExpressionType target, string name, TextSpan span)
    {
        if (call.Calls("activity"))
        {
            Report(
                CheckDiagnostics.UnlikelyMember, span, $"'{name}' is not known to be there. What the activity gives is in its output: write .output before it.",
                access is MemberNode { Dot: var dot, Question: null } ? [new CodeFix("Add '.output'", [new TextChange(new TextSpan(dot.Span.Start, 0), ".output")])] : []);
        }
        else if (call.Calls("trigger") || call.Calls("triggerBody"))
        {
            Report(CheckDiagnostics.UnlikelyMember, span, $"'{name}' is not known to be there in a trigger of this type. It has {string.Join(", ", target.Members!.Keys)}.");
        }
    }

    private enum MemberOwner
    {
        Other,
        Parameters,
        GlobalParameters,
        Pipeline,
    }

    private static MemberOwner Classify(ExpressionNode target) => target switch
    {
        CallNode call when call.Calls("dataset") || call.Calls("linkedService") => MemberOwner.Parameters,
        CallNode call when call.Calls("pipeline") => MemberOwner.Pipeline,
        MemberNode { Target: CallNode call, Name: var name } when call.Calls("pipeline") => ClassifyMember(name),
        IndexNode { Target: CallNode call, Index: LiteralNode { Value: StringValue { Value: var name } } } when call.Calls("pipeline") => ClassifyMember(name),
        _ => MemberOwner.Other,
    };

    private static MemberOwner ClassifyMember(string name) =>
        name.Equals("parameters", StringComparison.OrdinalIgnoreCase) ? MemberOwner.Parameters
        : name.Equals("globalParameters", StringComparison.OrdinalIgnoreCase) ? MemberOwner.GlobalParameters
        : MemberOwner.Other;

    /// <summary>A member's name as it goes in place of another: in quotes within brackets.</summary>
    private static string WriteName(ExpressionNode access, string name) => access is IndexNode ? ExpressionText.Quote(name) : name;
}

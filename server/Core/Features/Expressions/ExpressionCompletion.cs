// The proposals at every point of an expression.
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Expressions;

internal static class ExpressionCompletion
{
    /// <summary>A time that shows the difference between months, days, hours and minutes.</summary>
    private static readonly DateTime ShownTime = new(2024, 1, 31, 15, 4, 5, DateTimeKind.Utc);

    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyyMMdd", "yyyy/MM/dd", "yyyy-MM-ddTHH:mm:ssZ", "yyyyMMddHHmmss", "yyyy", "MM", "dd", "HH", "mm", "HH:mm:ss", "dddd", "MMMM", "o", "s", "u"];

    private static readonly string[] Units = ["Second", "Minute", "Hour", "Day", "Week", "Month", "Year"];

    private static readonly (string Format, string Detail)[] GuidFormats =
        [("D", "with hyphens"), ("N", "digits only"), ("B", "in braces"), ("P", "in parentheses"), ("X", "hexadecimal parts")];

    /// <summary>The proposals at a cursor in an expression; null where it is in none.</summary>
    public static CompletionResult? Find(FactorySnapshot factory, ResourceDocument document, int offset)
    {
        if (ExpressionCursor.Find(factory, document, offset) is not { } cursor)
        {
            return IsWithin(document, offset) ? CompletionResult.Empty : null;
        }

        var items = new ExpressionItems(cursor);
        switch (cursor.Kind)
        {
            case CursorKind.Member:
                AddMembers(items, cursor, (MemberNode)cursor.Node);
                break;
            case CursorKind.Text:
                AddTexts(items, cursor);
                break;
            case CursorKind.Expression:
                AddExpressions(items, cursor);
                break;
        }

        return items.ToResult();
    }

    /// <summary>Whether a cursor is behind the <c>@</c> that makes all that follows an expression.</summary>
    private static bool IsWithin(ResourceDocument document, int offset) =>
        ExpressionSite.FindAt(document, offset) is var (site, _) && site.Template.Kind == TemplateKind.Expression && offset > site.Syntax.ToSourceOffset(0);

    private static void AddMembers(ExpressionItems items, ExpressionCursor cursor, MemberNode access)
    {
        var target = cursor.Analysis.TypeOf(access.Target);
        var fromDot = TextSpan.FromBounds(access.Dot.Span.Start, cursor.Replaced.End);
        var hasDotBeside = cursor.IsOneLine(fromDot);
        foreach (var member in target.Members?.Values ?? [])
        {
            var detail = member.Type.Describe() + (member.IsOptional ? ", may be missing" : "");
            var safe = access.LacksDot || (member.IsOptional && access.Question is null && hasDotBeside) ? "?" : "";
            var text = ExpressionText.IsPlainName(member.Name) ? $"{safe}.{member.Name}" : $"{safe}[{ExpressionText.Quote(member.Name)}]";
            var isAfterDot = text == "." + member.Name;
            items.Add(
                ExpressionRank.FittingName, member.Name, CompletionKind.Property, isAfterDot ? member.Name : text, detail, member.Description, isAfterDot ? null : fromDot);
        }
    }

    private static void AddTexts(ExpressionItems items, ExpressionCursor cursor)
    {
        var trail = cursor.IsClosed ? "" : "'" + CloserOfParent(cursor);
        if (cursor.Node.Parent is IndexNode index && index.Index == cursor.Node)
        {
            foreach (var member in cursor.Analysis.TypeOf(index.Target).Members?.Values ?? [])
            {
                items.Add(ExpressionRank.FittingName, member.Name, CompletionKind.Property, Inner(member.Name) + trail, member.Type.Describe(), member.Description);
            }

            return;
        }

        foreach (var (rank, name, kind, detail) in FindNames(cursor))
        {
            items.Add(rank, name, kind, Inner(name) + trail, detail);
        }

        string Inner(string name) => name.Replace("'", "''", StringComparison.Ordinal);
    }

    private static bool IsLastArgument(CallNode call) => FunctionCatalog.Find(call.Name) is { } function && call.Arguments.Length == function.MaximumArguments;

    /// <summary>The bracket that a name must be followed by, where it is not.</summary>
    private static string CloserOfParent(ExpressionCursor cursor) => cursor.Node.Parent switch
    {
        IndexNode when cursor.Next != ']' => "]",
        CallNode call when cursor.Next != ')' && IsLastArgument(call) => ")",
        _ => "",
    };

    /// <summary>The texts that fit where a string is wanted: names, zones, formats.</summary>
    private static IEnumerable<(ExpressionRank Rank, string Name, CompletionKind Kind, string? Detail)> FindNames(ExpressionCursor cursor) => cursor.Parameter?.Role switch
    {
        ParameterRole.ActivityName => FindActivities(cursor.Scope),
        ParameterRole.VariableName => (cursor.Scope.Variables?.Values ?? []).OrderBy(v => v.Name, StringComparer.OrdinalIgnoreCase)
            .Select(v => (ExpressionRank.FittingName, v.Name, CompletionKind.Variable, (string?)$"{v.Type.Describe()} variable")),
        ParameterRole.TimeZone => TimeZones.WindowsNames.OrderBy(z => z == "UTC" ? 0 : 1).Select(z => (ExpressionRank.FittingName, z, CompletionKind.EnumValue, (string?)null)),
        ParameterRole.DateFormat => Formats.Select(f => (ExpressionRank.FittingName, f, CompletionKind.EnumValue, DateFormats.TryFormat(ShownTime, f))),
        ParameterRole.TimeUnit => Units.Select(u => (ExpressionRank.FittingName, u, CompletionKind.EnumValue, (string?)null)),
        ParameterRole.GuidFormat => GuidFormats.Select(g => (ExpressionRank.FittingName, g.Format, CompletionKind.EnumValue, (string?)g.Detail)),
        _ => [],
    };

    private static IEnumerable<(ExpressionRank Rank, string Name, CompletionKind Kind, string? Detail)> FindActivities(ExpressionScope scope) =>
        from activity in scope.Activities?.Values ?? []
        let reach = scope.ReachOf(activity.Name)
        where reach != ActivityReach.Itself
        let isUpstream = reach is ActivityReach.Upstream or ActivityReach.InBranch
        orderby isUpstream ? 0 : 1, activity.Name
        select (isUpstream ? ExpressionRank.FittingName : ExpressionRank.OutOfReach, activity.Name, CompletionKind.Activity,
            isUpstream ? activity.Type : $"{activity.Type}, not upstream");

    private static void AddExpressions(ExpressionItems items, ExpressionCursor cursor)
    {
        // In brackets the names of members come first.
        var isIndex = cursor.Node.Parent is IndexNode bracket && bracket.Index == cursor.Node;
        if (isIndex)
        {
            foreach (var member in cursor.Analysis.TypeOf(((IndexNode)cursor.Node.Parent!).Target).Members?.Values ?? [])
            {
                AddQuoted(ExpressionRank.FittingName, member.Name, CompletionKind.Property, member.Type.Describe(), member.Description);
            }
        }

        foreach (var (rank, name, kind, detail) in FindNames(cursor))
        {
            AddQuoted(rank, name, kind, detail);
        }

        var isCall = cursor.Node.Parent is CallNode;
        if (cursor.Parameter?.Role is ParameterRole.ActivityName or ParameterRole.VariableName || (cursor.IsBeforeExpression && !isCall))
        {
            return;
        }

        // Before an argument another one can be put.
        var trail = cursor.IsBeforeExpression ? StartsWithSpace(cursor) ? "," : ", " : "";
        AddNames(items, cursor, trail);
        AddFunctions(items, cursor, trail);

        void AddQuoted(ExpressionRank rank, string name, CompletionKind kind, string? detail, string? documentation = null)
        {
            var text = ExpressionText.Quote(name);
            if (cursor.LiteralAhead is { } literal)
            {
                items.Add(rank, text, kind, text, detail, documentation, literal);
            }
            else if (cursor.WholeName is { } replaced && !cursor.IsBeforeExpression)
            {
                items.Add(rank, text, kind, text + CloserOfParent(cursor), detail, documentation, replaced);
            }
        }
    }

    private static bool StartsWithSpace(ExpressionCursor cursor) => char.IsWhiteSpace(cursor.Text[cursor.Replaced.End]);

    private static void AddNames(ExpressionItems items, ExpressionCursor cursor, string trail)
    {
        if (cursor.WholeName is not { } replaced)
        {
            return;
        }

        var wanted = cursor.Wanted;
        foreach (var (text, type, kind, detail) in ScopeNames.Find(cursor.Scope))
        {
            items.Add(Fits(type, wanted) ? ExpressionRank.FittingName : ExpressionRank.Name, text, kind, text + trail, detail ?? type.Describe(), null, replaced);
        }

        foreach (var (keyword, type) in new[] { ("true", ExpressionType.Boolean), ("false", ExpressionType.Boolean), ("null", ExpressionType.Null) })
        {
            items.Add(wanted.Kinds == type.Kinds ? ExpressionRank.FittingName : ExpressionRank.Keyword, keyword, CompletionKind.Keyword, keyword + trail, null, null, replaced);
        }
    }

    private static void AddFunctions(ExpressionItems items, ExpressionCursor cursor, string trail)
    {
        var wanted = cursor.Wanted;
        foreach (var function in FunctionCatalog.All.Where(f => f.IsDocumented && ScopeNames.MayCall(f, cursor.Scope)))
        {
            var rank = function.Category == FunctionCatalog.ContextCategory ? ExpressionRank.Context : Fits(function.Returns, wanted) ? ExpressionRank.FittingFunction : ExpressionRank.Function;
            var isCalled = cursor.Next == '(';
            var isText = function.Parameters is [{ Role: ParameterRole.ActivityName or ParameterRole.VariableName }];
            var text = isCalled ? function.Name : isText ? function.Name + "('')" : function.Name + "()";
            int? stop = isCalled || function.Parameters.IsEmpty ? null : function.Name.Length + (isText ? 2 : 1);
            items.Add(rank, function.Name, CompletionKind.Function, text + trail, function.ToString(), Describe(function), stop: stop);
        }
    }

    /// <summary>A function for a person who looks for one.</summary>
    public static string Describe(FunctionSignature function) => function.Example is null ? function.Description : $"{function.Description}\n\n`{function.Example}`";

    private static bool Fits(ExpressionType type, ExpressionType wanted) => wanted.IsUnknown ? !type.IsUnknown : !type.IsUnknown && (type.Kinds & wanted.Kinds) != 0;
}

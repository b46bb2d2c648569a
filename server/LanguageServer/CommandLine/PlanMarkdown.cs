using System.Globalization;
using System.Text;
using Pipewright.Deployment.Applying;
using Pipewright.Deployment.Planning;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary>
/// A plan as Markdown, for a comment on a pull request. It names properties but tells no values: an override may hold a secret, which build services
/// blot out in their logs, but not in a comment.
/// </summary>
internal static class PlanMarkdown
{
    /// <summary>GitHub takes 65,536 characters; the rest is for what is written around it.</summary>
    private const int LongestText = 60_000;

    /// <summary>More properties of a resource are counted only.</summary>
    private const int MostProperties = 20;

    /// <param name="factory">The target's name.</param>
    public static string Write(DeploymentPlan plan, string factory)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### Plan for {Code(factory)}\n\n{plan.Summarise()}\n");
        foreach (var warning in plan.Warnings)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n> **Warning:** {Escape(warning)}\n");
        }

        List<string> rows =
        [
            .. plan.Changes.Where(c => c.Action != PlannedAction.None).Select(Row),
            .. plan.Notebooks.Where(n => n.Action != PlannedAction.None).Select(n => $"| {WordOf(n.Action)} | notebook {Code(n.Place.Path)} | {Code(n.Unit?.File)} | |\n"),
        ];
        if (rows.Count > 0)
        {
            text.Append("\n| | resource | file | properties |\n| --- | --- | --- | --- |\n");
        }

        for (var i = 0; i < rows.Count; i++)
        {
            if (text.Length + rows[i].Length > LongestText)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n… and {rows.Count - i} more.\n");
                break;
            }

            text.Append(rows[i]);
        }

        return text.ToString();
    }

    private static string Row(PlannedChange change)
    {
        var outside = change.ChangedOutside.IsEmpty ? "" : " (changed by somebody else since)";
        var properties = string.Join(", ", change.Properties.Take(MostProperties).Select(p => Code(p.Path)));
        var more = change.Properties.Length > MostProperties ? $" and {(change.Properties.Length - MostProperties).ToString(CultureInfo.InvariantCulture)} more" : "";
        return $"| {WordOf(change.Action)} | {change.Id.KindWord} {Code(change.Id.Name)}{outside} | {Code(change.Unit?.Path)} | {properties}{more} |\n";
    }

    private static string WordOf(PlannedAction action) => action == PlannedAction.Delete ? "**delete**" : JournalFormat.ActionWord(action);

    private static string Code(string? text) => string.IsNullOrEmpty(text) ? "" : $"`{text.Replace('`', '\'').Replace("|", "\\|", StringComparison.Ordinal)}`";

    private static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal).Replace('\n', ' ');
}

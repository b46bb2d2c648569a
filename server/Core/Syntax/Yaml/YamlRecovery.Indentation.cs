namespace Pipewright.Core.Syntax.Yaml;

/// <summary>Lines that are not indented as they were meant to be.</summary>
internal sealed partial class YamlRecovery
{
    /// <summary>One line with tabs among others is taken to stand where its neighbours say; where more have them, a tab is two columns.</summary>
    private void LineUpTabs(List<Line> lines)
    {
        for (var i = 1; i < lines.Count; i++)
        {
            var (before, line) = (lines[i - 1], lines[i]);
            if (!HasTab(line) || HasTab(before) || (i + 1 < lines.Count && HasTab(lines[i + 1])))
            {
                continue;
            }

            var next = i + 1 < lines.Count ? lines[i + 1] : default;
            var inner = next.Indentation > before.Indentation && !Opens(line) ? next.Indentation : before.Indentation + 2;
            var content = IsItem(before) ? before.Indentation + 2 : before.Indentation;
            lines[i] = line with { Indentation = Opens(before) ? inner : Opens(line) && next.Indentation <= content && next.Indentation > 0 ? Math.Max(0, next.Indentation - 2) : content };
        }
    }

    /// <summary>Whether what follows a line is its value: it ends with its key's colon.</summary>
    private bool Opens(Line line) => FindKey(line) is { Colon: >= 0, Rest: < 0 };

    /// <summary>One line that is indented less than those of its level before it, and after it if there are any, has slipped.</summary>
    private void LineUpSlipped(List<Line> lines)
    {
        var level = lines[0].Indentation;
        var outer = lines.Where(l => l.Indentation < level).ToList();
        if (outer is not [var slipped] || lines.Count(l => l.Indentation == level) < 2 || IsItem(slipped) != IsItem(lines[0]) || !IsEntry(slipped))
        {
            return;
        }

        ReportIndentation(slipped, "This is indented less than what stands beside it. Line them up.");
        lines[lines.IndexOf(slipped)] = slipped with { Indentation = level };
    }
}

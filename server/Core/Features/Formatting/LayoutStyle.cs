using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Formatting;

/// <summary>What an editor wants of a text's layout.</summary>
/// <param name="TabSize">The columns of one level of indentation; taken as 1 to 16.</param>
/// <param name="InsertSpaces">Spaces rather than tabs. YAML allows spaces only, whatever this says.</param>
public sealed record LayoutStyle(int TabSize, bool InsertSpaces)
{
    /// <summary>More than this nobody means.</summary>
    private const int WidestStep = 16;

    /// <summary>More than this is not one level of a text, but several.</summary>
    internal const int WidestIndent = 8;

    /// <summary>The columns of one level, within bounds.</summary>
    public int Step => Math.Clamp(TabSize, 1, WidestStep);

    /// <summary>One level of indentation in a text that takes tabs.</summary>
    internal string Unit => InsertSpaces ? new string(' ', Step) : "\t";
}

/// <summary>A change of white space.</summary>
/// <param name="MovesLine">It changes a line's indentation, which in YAML has a meaning together with that of its neighbours.</param>
internal readonly record struct LayoutChange(TextSpan Span, string NewText, bool MovesLine = false);

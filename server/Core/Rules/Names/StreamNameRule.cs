using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>The name of a source, sink or transformation of a data flow: letters and digits, a letter first (Microsoft's naming rules).</summary>
internal sealed class StreamNameRule() : Rule(new("PW5009", DiagnosticSeverity.Error, "Name of a data flow's stream"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) => DataFlowStreams.FindNames(context)
        .Where(n => n.Text.Length == 0 || !char.IsAsciiLetter(n.Text[0]) || !n.Text.All(char.IsAsciiLetterOrDigit))
        .Select(n => Descriptor.At(n.Span, $"'{n.Text}' can't name a stream: letters of A to Z and digits only, a letter first. Rename it here and in the script.",
            [.. Renames.OfStream(context, n.Text, ToName(n.Text))]));

    /// <summary>What is left of a name without the characters that it cannot have; empty where nothing is.</summary>
    private static string ToName(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit)).TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
}

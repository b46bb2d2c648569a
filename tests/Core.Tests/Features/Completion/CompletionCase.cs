// Asks for completion at a `|` in a text, among a small factory, and accepts what is offered as an editor would.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;

namespace Pipewright.Core.Tests.Features.Completion;

internal static partial class CompletionCase
{
    private static readonly FactorySnapshot Around = TestText.Factory(
        "OrdersCsv.dataset.yaml", "type: DelimitedText\nlinkedServiceName: Lake\nparameters: { day: string, full: { type: bool, defaultValue: true } }\nlocation: { type: AzureBlobFSLocation }",
        "Bronze Orders.dataset.yaml", "type: Parquet\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation }",
        "Lake.linkedService.yaml", "type: AzureBlobFS\nurl: https://lake.dfs.core.windows.net",
        "Databricks.linkedService.yaml", "type: AzureDatabricks\ndomain: https://adb-1.azuredatabricks.net",
        "child.pipeline.yaml", "parameters: { runDate: string, count: { type: int, defaultValue: 3 } }\nactivities: []",
        "nightly.trigger.yaml", "type: ScheduleTrigger",
        "OnPremises.integrationRuntime.yaml", "type: SelfHosted");

    public static ImmutableArray<CompletionItem> At(string path, string marked)
    {
        var (text, offset) = TestText.WithCursor(marked);
        return At(TestText.Document(path, text), offset);
    }

    public static ImmutableArray<CompletionItem> At(ResourceDocument document, int offset) =>
        LanguageFeatures.GetCompletion(Around.With(document), document, offset, default).Items;

    /// <summary>The factory that the texts are completed in.</summary>
    public static FactorySnapshot Factory => Around;

    /// <summary>The text after accepting an item, with <c>|</c> where the cursor first stops.</summary>
    public static string Accept(string path, string marked, string label)
    {
        var (text, _) = TestText.WithCursor(marked);
        var items = At(path, marked);
        var item = items.FirstOrDefault(i => i.Label == label)
            ?? throw new ArgumentException($"'{label}' is not offered, but: {string.Join(", ", items.Select(i => i.Label))}", nameof(label));
        return Accept(new SourceText(text), item, marksCursor: true);
    }

    public static string Accept(SourceText text, CompletionItem item, bool marksCursor = false)
    {
        var written = item.IsSnippet ? Expand(item.NewText, marksCursor) : item.NewText + (marksCursor ? "|" : "");
        return text.WithChanges([new TextChange(item.ReplaceSpan, written), .. item.AdditionalChanges]).Content;
    }

    private static string Expand(string snippet, bool marksCursor)
    {
        var first = marksCursor ? TabStop().Matches(snippet).Select(Number).Order().FirstOrDefault(n => n > 0) : -1;
        return TabStop().Replace(snippet, match => match.Groups["escaped"].Success
            ? match.Groups["escaped"].Value
            : (Number(match) == first ? "|" : "") + Unescape(match.Groups["default"].Value + match.Groups["choice"].Value));
    }

    private static int Number(Match match) => match.Groups["n"].Success ? int.Parse(match.Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture) : -1;

    private static string Unescape(string text) => Escape().Replace(text, "$1");

    [GeneratedRegex(@"\\(?<escaped>[\\$}])|\$(?<n>\d+)|\$\{(?<n>\d+):(?<default>(\\.|[^}\\])*)\}|\$\{(?<n>\d+)\|(?<choice>(\\.|[^,|\\])*)(,(\\.|[^,|\\])*)*\|\}", RegexOptions.ExplicitCapture)]
    private static partial Regex TabStop();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}

using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;

namespace Pipewright.Azure.Databricks;

/// <summary>Reads what a workspace says when it refuses. It has several forms: its gateway, its services and its sign-in each answer in their own.</summary>
internal static partial class DatabricksErrors
{
    /// <summary>There is no such folder, notebook, cluster, job or run.</summary>
    public const string DoesNotExist = "RESOURCE_DOES_NOT_EXIST";

    /// <summary>What refuses is a page: no service of the workspace was asked.</summary>
    public const string Page = "Page";

    private const int MaxLength = 4000;

    /// <returns>The code, or <see cref="Page"/>, or <c>HttpNNN</c>, and the message; null where nothing can be read.</returns>
    public static (string Code, string Message)? Read(Response response)
    {
        var text = response.Content.ToMemory().IsEmpty ? "" : response.Content.ToString().Trim();
        return text.Length == 0 ? null
            : text[0] == '{' ? ReadJson(text, response.Status)
            : text[0] == '<' ? ReadPage(text)
            : ReadLine(text);
    }

    private static (string Code, string Message)? ReadJson(string text, int status)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var content = document.RootElement;
            var code = content.Text("error_code") ?? (content.Number("error_code") is { } number ? CodeOf((int)number) : null) ?? content.Text("scimType");
            var message = content.Text("message") ?? content.Text("detail") ?? content.Text("error_description") ?? content.Text("error");
            if (code is null && message is null)
            {
                // An answer that names its error as Azure Resource Manager does.
                return ArmErrors.Read(content) is { Message.Length: > 0 } other ? other : null;
            }

            return (code ?? CodeOf(status), Clip(message ?? ""));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (string Code, string Message)? ReadPage(string text)
    {
        var match = Preformatted().Match(text) is { Success: true } pre ? pre : Title().Match(text);
        var said = match.Success ? WebUtility.HtmlDecode(Tags().Replace(match.Groups["text"].Value, " ")) : "";
        return (Page, Clip(Spaces().Replace(said, " ").Trim()));
    }

    private static (string Code, string Message)? ReadLine(string text) => CodedLine().Match(text) is { Success: true } line
        ? (line.Groups["code"].Value, Clip(line.Groups["text"].Value.Trim()))
        : ("Error", Clip(text));

    private static string CodeOf(int status) => "Http" + status.ToString(CultureInfo.InvariantCulture);

    private static string Clip(string message) => message.Length <= MaxLength ? message : message[..MaxLength] + "…";

    [GeneratedRegex("<pre[^>]*>(?<text>.*?)</pre>", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Preformatted();

    [GeneratedRegex("<title[^>]*>(?<text>.*?)</title>", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Title();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex("^(?<code>[A-Z][A-Z_]+): (?<text>.*)$", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex CodedLine();
}

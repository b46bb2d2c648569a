// What the settings in pipewright.yaml are for, in a sentence each.
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Configuration;

internal static class ConfigurationWords
{
    /// <summary>What a setting at the top is for; null for one that is unknown.</summary>
    public static string? OfKey(string key) => key switch
    {
        "targets" => "The factories to deploy to, by a name of your choice.",
        "defaultTarget" => "The target to take where none is chosen.",
        "notebooks" => "Where the notebooks are that activities call.",
        "rules" => "How grave the findings of rules are, by code: `off`, `hint`, `information`, `warning`, `error`.",
        "naming" => "Regular expressions that names have to match, by kind.",
        _ => null,
    };

    /// <summary>What a member of a target is for; null for one that is unknown.</summary>
    public static string? OfTargetKey(string key) => key switch
    {
        "subscription" => "The subscription's id, a GUID.",
        "resourceGroup" => "The resource group's name.",
        "factory" => "The factory's name, 3 to 63 letters, digits and dashes.",
        "overrides" => "Changes to resources on their way to this target. They are not applied yet, and a deployment to a target that has some is refused.",
        _ => null,
    };

    /// <summary>What a member of an override is for; null for one that is unknown.</summary>
    public static string? OfOverrideKey(string key) =>
        key == "set" ? "What is different: the path of a property in the Git form, such as `typeProperties.url`, and its value." : null;

    /// <summary>What becomes of findings; null for what is no severity.</summary>
    public static string? OfSeverity(string word) => word.ToUpperInvariant() switch
    {
        "OFF" => "The findings are not shown.",
        "HINT" => "The findings are a few dots under the text.",
        "INFORMATION" => "The findings are shown, and mean no harm.",
        "WARNING" => "The findings are most likely mistakes.",
        "ERROR" => "The findings keep a validation from succeeding.",
        _ => null,
    };

    public static string Of(DiagnosticSeverity severity) => severity.ToString().ToLowerInvariant();
}

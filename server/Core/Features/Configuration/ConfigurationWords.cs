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
        "tenant" => "The tenant to sign in to: its id, or the name of one of its domains. Without it, the tenant that you are signed in to.",
        "cloud" => "The cloud that the factory is in: `public`, `usGovernment`, `china`. Without it, Azure's public cloud.",
        "overrides" => "Changes to resources on their way to this target.",
        "deployNotebooks" => "`true` to import the notebooks that pipelines call into their Databricks workspace along with a deployment, where they differ. `false` if not said.",
        _ => null,
    };

    /// <summary>What a member of a folder of notebooks is for; null for one that is unknown.</summary>
    public static string? OfNotebookKey(string key) => key switch
    {
        "folder" => "The folder with the notebooks, from this file: `notebooks`, `../etl`.",
        "workspacePath" => "Where the workspace has the folder: `/Shared/etl`, `/Repos/me@example.com/etl`. Activities call what is in it by paths that begin like that.",
        _ => null,
    };

    /// <summary>Which cloud a name means; null for one that is unknown.</summary>
    public static string? OfCloud(string name) => name.ToUpperInvariant() switch
    {
        "PUBLIC" => "Azure's public cloud.",
        "USGOVERNMENT" => "Azure Government of the United States.",
        "CHINA" => "Azure in China, operated by 21Vianet.",
        _ => null,
    };

    /// <summary>What a member of an override is for; null for one that is unknown.</summary>
    public static string? OfOverrideKey(string key) => key switch
    {
        "set" => "Gives properties that are there another value: paths in the Git form, such as `typeProperties.url`, and values.",
        "add" => "Gives properties a value, whether they are there or not.",
        "remove" => "Takes properties away: a list of paths in the Git form.",
        _ => null,
    };

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

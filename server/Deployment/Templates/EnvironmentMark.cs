namespace Pipewright.Deployment.Templates;

/// <summary>
/// Stands in a text for a variable of the environment that an override uses. A deployment puts the value in; a template is written to a file, where such a value, which may be a secret, has no place.
/// </summary>
public static class EnvironmentMark
{
    private const char Begin = '\uE0A0';
    private const char End = '\uE0A1';

    /// <summary>The mark of a variable, whether it is set or not.</summary>
    public static string Of(string name) => $"{Begin}{name}{End}";

    /// <summary>Whether a text has a mark.</summary>
    public static bool IsIn(string text) => text.IndexOf(Begin, StringComparison.Ordinal) is >= 0 and var at && text.IndexOf(End, at) > at;
}

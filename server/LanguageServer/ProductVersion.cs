using System.Reflection;

namespace Pipewright.LanguageServer;

internal static class ProductVersion
{
    /// <summary>The version that was built, without the build's own suffix.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}

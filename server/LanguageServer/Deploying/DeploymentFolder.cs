// What deployments leave on disk: journals and baselines, in the factory's folder `.pipewright`, which Git is told to leave alone.
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pipewright.Azure;
using Pipewright.Deployment.Applying;

namespace Pipewright.LanguageServer.Deploying;

/// <summary>A journal that was found.</summary>
internal sealed record FoundJournal(string Path, JournalRecord Record)
{
    /// <summary>Reads a file; null for one that is no journal.</summary>
    /// <param name="about">What a line must have in it to be read; the first one is read anyway. Null for all lines.</param>
    public static FoundJournal? Read(string file, string? about = null)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            var lines = new List<string>();
            while (reader.ReadLine() is { } line)
            {
                if (about is null || lines.Count == 0 || line.Contains(about, StringComparison.Ordinal))
                {
                    lines.Add(line);
                }
            }

            return JournalFormat.Read(lines) is { } record ? new FoundJournal(file, record) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <param name="path">Absolute; made when first written to.</param>
internal sealed class DeploymentFolder(string path)
{
    private const string JournalExtension = ".jsonl";

    /// <summary>How far back an interrupted deployment is remembered.</summary>
    private const int MostJournals = 50;

    /// <summary>The folder of a factory root. Of documents that are in no folder, the user's own.</summary>
    public static DeploymentFolder Of(string root) => new(Path.IsPathRooted(root)
        ? Path.Combine(root, ".pipewright")
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "pipewright"));

    private string Deployments => Path.Combine(path, "deployments");

    /// <exception cref="IOException">There is no writing to the folder.</exception>
    public JournalFile Begin(FactoryTarget target, string? undoes)
    {
        Make(Deployments);
        return new JournalFile(Path.Combine(Deployments, $"{TimeProvider.System.GetUtcNow():yyyyMMdd'T'HHmmssfff'Z'}-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}{JournalExtension}"), target, undoes);
    }

    public BaselineFolder BaselinesOf(FactoryTarget target)
    {
        var id = target.Endpoint.Host + target.ResourceId.ToUpperInvariant();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..12];
        return new BaselineFolder(Path.Combine(path, "baselines", $"{Uri.EscapeDataString(target.Factory)}-{hash}"), () => Make(path));
    }

    /// <summary>The journals of a target, the newest first. Those that can't be read are left out.</summary>
    /// <param name="about">As of <see cref="FoundJournal.Read"/>.</param>
    public IEnumerable<FoundJournal> ReadJournals(FactoryTarget target, string? about = null)
    {
        if (!Directory.Exists(Deployments))
        {
            yield break;
        }

        foreach (var file in Directory.EnumerateFiles(Deployments, "*" + JournalExtension).OrderDescending(StringComparer.Ordinal))
        {
            if (FoundJournal.Read(file, about) is { } found && found.Record.Header.Factory.Equals(target.ResourceId, StringComparison.OrdinalIgnoreCase))
            {
                yield return found;
            }
        }
    }

    /// <summary>Triggers that deployments to a target have stopped and, as they were interrupted or could not, not started again.</summary>
    public ImmutableArray<string> FindInterruptedTriggers(FactoryTarget target) => JournalRecords.FindStoppedTriggers(
        ReadJournals(target, "\"kind\":\"trigger\"").Take(MostJournals).Select(j => j.Record).Reverse());

    private void Make(string folder)
    {
        if (new DirectoryInfo(path).LinkTarget is { } elsewhere)
        {
            throw new IOException($"{path} is a link to {elsewhere}. What deployments leave holds bodies of resources and is kept in a folder of its own: take the link away.");
        }

        Directory.CreateDirectory(folder);
        var ignore = Path.Combine(path, ".gitignore");
        if (!File.Exists(ignore))
        {
            File.WriteAllText(ignore, "# What deployments leave: bodies of live resources among them.\n*\n");
        }
    }
}

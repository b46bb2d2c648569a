using System.CommandLine;
using Pipewright.Core.Emit;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright convert PATH --to spec|git --out DIR</c>.</summary>
internal static class ConvertVerb
{
    public static Command Make()
    {
        var path = new Argument<string>("path") { Description = "A factory's folder, or one file." };
        var to = new Option<string>("--to") { Description = "'spec' for YAML, 'git' for the JSON that ADF Studio keeps.", Required = true };
        to.AcceptOnlyFromAmong("spec", "git");
        var output = new Option<string>("--out") { Description = "The folder that the converted files are written to.", Required = true };
        var verb = new Command("convert", "Converts between the Git form and the spec form. Exit code 0, or 1 when something could not be kept.") { path, to, output };
        verb.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed.GetValue(path)!, parsed.GetValue(to) == "spec", parsed.GetValue(output)!, cancellation), cancellation));
        return verb;
    }

    private static int Run(string path, bool toSpec, string output, CancellationToken cancellation)
    {
        if (FactoryPath.Resolve(path) is not { } resolved)
        {
            Console.Error.WriteLine($"'{path}' is no file or folder.");
            return Verbs.WrongUsage;
        }

        var losses = 0;
        var count = 0;
        var written = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var target = Path.GetFullPath(output);
        foreach (var factory in FactoryLoader.Load(resolved.Outermost, Console.Error.WriteLine, cancellation))
        {
            var folder = resolved.Contains(factory.Path) && factory.Path != resolved.Path ? Path.Combine(target, Path.GetRelativePath(resolved.Path, factory.Path)) : target;
            foreach (var document in factory.Snapshot.Documents.Values.Where(d => resolved.Contains(Path.Combine(factory.Path, d.Path)) && !d.IsForeign).OrderBy(d => d.Path, StringComparer.Ordinal))
            {
                foreach (var file in toSpec ? Conversion.ToSpec(document) : Conversion.ToGit(document))
                {
                    var destination = Path.Combine(folder, file.Path);
                    if (!written.Add(destination))
                    {
                        Console.Error.WriteLine($"{document.Path}: '{file.Path}' has been written already; two files declare one resource, and this one is left out.");
                        losses++;
                        continue;
                    }

                    Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
                    File.WriteAllText(destination, file.Text);
                    count++;
                    losses += file.Losses.Count;
                    foreach (var loss in file.Losses)
                    {
                        Console.Error.WriteLine(loss);
                    }
                }
            }
        }

        Console.Error.WriteLine($"{count} files written to {target}");
        return losses > 0 ? 1 : 0;
    }
}

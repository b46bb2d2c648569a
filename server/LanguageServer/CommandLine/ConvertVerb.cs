using System.CommandLine;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
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
        var verb = new Command("convert", "Converts between the Git form and the spec form.") { path, to, output };
        verb.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed.GetValue(path)!, parsed.GetValue(to) == "spec", parsed.GetValue(output)!, cancellation), cancellation));
        return VerbHelp.Complete(
            verb,
            ["pipewright convert . --to spec --out ../specs", "pipewright convert load.pipeline.yaml --to git --out git"],
            (ExitCodes.Fine, "All is kept."),
            (ExitCodes.Findings, "Something could not be kept; standard error says what."));
    }

    private static int Run(string path, bool toSpec, string output, CancellationToken cancellation)
    {
        if (FactoryPath.Resolve(path) is not { } resolved)
        {
            Console.Error.WriteLine($"'{path}' is no file or folder.");
            return ExitCodes.WrongUsage;
        }

        var target = new ConvertedTree(Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)));
        var isInPlace = FactoryRoots.Contains(target.Folder, resolved.Path);
        foreach (var factory in resolved.Load(Console.Error.WriteLine, cancellation))
        {
            var folder = FactoryRoots.Contains(resolved.Path, factory.Path) ? Path.GetRelativePath(resolved.Path, factory.Path) : ".";
            foreach (var document in resolved.FindDocuments(factory))
            {
                // What an earlier run has written below PATH is not converted once more.
                if (isInPlace || !FactoryRoots.Contains(target.Folder, Path.GetFullPath(Path.Combine(factory.Path, document.Path))))
                {
                    target.Write(folder, document, toSpec ? Conversion.ToSpec(document) : Conversion.ToGit(document));
                }
            }
        }

        Terminal.Note($"{target.Count} files written to {target.Folder}");
        return target.HasLosses ? 1 : 0;
    }

    /// <summary>The folder that is written to, and what has been written.</summary>
    private sealed class ConvertedTree(string folder)
    {
        private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

        public string Folder { get; } = folder;

        public int Count => _written.Count;

        public bool HasLosses { get; private set; }

        public void Write(string folder, ResourceDocument document, IReadOnlyList<ConvertedFile> files)
        {
            foreach (var file in files)
            {
                var destination = Path.GetFullPath(Path.Combine(Folder, folder, file.Path));
                if (!FactoryRoots.Contains(Folder, destination))
                {
                    // The path may hold a resource's name, and a name may hold anything.
                    Report($"{document.Path}: '{file.Path}' lies outside of {Folder} and is left out.");
                }
                else if (TextFile.LeadsAway(Folder, destination))
                {
                    Report($"{document.Path}: '{file.Path}' is a link, or lies in a folder that is one; it is left out.");
                }
                else if (!_written.Add(destination))
                {
                    Report($"{document.Path}: '{file.Path}' has been written already; two files declare one resource, and this one is left out.");
                }
                else
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
                    File.WriteAllText(destination, file.Text);
                    file.Losses.ToList().ForEach(Report);
                }
            }
        }

        private void Report(string loss)
        {
            Console.Error.WriteLine(loss);
            HasLosses = true;
        }
    }
}

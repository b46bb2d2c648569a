using System.CommandLine;
using Pipewright.Core.Factory;
using Pipewright.LanguageServer.Converting;
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
            return ExitCodes.WrongUsage;
        }

        var target = new ConvertedTree(Path.TrimEndingDirectorySeparator(Path.GetFullPath(output)), toSpec);
        var isInPlace = FactoryRoots.Contains(target.Folder, resolved.Path);
        foreach (var factory in resolved.Load(Console.Error.WriteLine, cancellation))
        {
            var folder = FactoryRoots.Contains(resolved.Path, factory.Path) ? Path.GetRelativePath(resolved.Path, factory.Path) : ".";
            foreach (var document in resolved.FindDocuments(factory))
            {
                // What an earlier run has written below PATH is not converted once more.
                if (isInPlace || !FactoryRoots.Contains(target.Folder, Path.GetFullPath(Path.Combine(factory.Path, document.Path))))
                {
                    target.Write(folder, document);
                }
            }
        }

        Console.Error.WriteLine($"{target.Count} files written to {target.Folder}");
        return target.HasLosses ? 1 : 0;
    }

    /// <summary>The folder that is written to, and what has been written.</summary>
    private sealed class ConvertedTree(string folder, bool toSpec)
    {
        private readonly ConversionPlan _plan = new(folder, toSpec);

        public string Folder => _plan.Folder;

        public int Count { get; private set; }

        public bool HasLosses { get; private set; }

        public void Write(string folder, ResourceDocument document)
        {
            var (files, refusals) = _plan.Add(folder, document);
            refusals.ToList().ForEach(Report);
            foreach (var file in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file.File)!);
                File.WriteAllText(file.File, file.Text);
                Count++;
                file.Losses.ToList().ForEach(Report);
            }
        }

        private void Report(string loss)
        {
            Console.Error.WriteLine(loss);
            HasLosses = true;
        }
    }
}

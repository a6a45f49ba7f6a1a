using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Xunit;

namespace PgSecurity.Tests.Help;

/// <summary>What controls, guards and errors advise to run can be run: the cmdlets of ours that they name, with the parameters that they name.</summary>
public sealed class AdviceTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    /// <summary>A cmdlet, and the parameters that follow it, each with a value at the most.</summary>
    private static readonly Regex Advice = new(@"(?<!Get-Help )\b(?<cmdlet>[A-Z][a-z]+-Pg[A-Z]\w+)\b(?<parameters>(?: -[A-Z]\w+(?: (?!-)[^\s,.;)""]+)?)*)", RegexOptions.CultureInvariant);

    private static readonly Regex ParameterName = new(@" -(?<name>[A-Z]\w+)", RegexOptions.CultureInvariant);

    [Fact]
    public void A_cmdlet_that_is_advised_exists_with_the_parameters_that_are_named()
    {
        Dictionary<string, CommandInfo> cmdlets = session.Run("Get-Command -Module PgSecurity").Select(command => (CommandInfo)command.BaseObject).ToDictionary(command => command.Name);
        List<string> wrong = [];
        int seen = 0;
        foreach ((string file, Match match) in Texts().SelectMany(file => Advice.Matches(File.ReadAllText(file)).Select(match => (file, match))))
        {
            seen++;
            string name = match.Groups["cmdlet"].Value;
            if (!cmdlets.TryGetValue(name, out CommandInfo? cmdlet)) wrong.Add($"{Path.GetFileName(file)}: there is no {name}");
            else wrong.AddRange(ParameterName.Matches(match.Groups["parameters"].Value).Select(parameter => parameter.Groups["name"].Value)
                .Where(parameter => !cmdlet.Parameters.ContainsKey(parameter)).Select(parameter => $"{Path.GetFileName(file)}: {name} has no -{parameter}"));
        }

        Assert.True(seen > 100, $"only {seen} were found");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<string> Texts() =>
        Directory.EnumerateFiles(Repository.At("module", "Controls"), "*.json", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj")));
}

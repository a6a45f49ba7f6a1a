using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Database.Encryption;
using PgSecurity.Database.Masking;
using PgSecurity.Fuzz.Mutations;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Fuzz.Targets;

/// <summary>Files that people and programs write for the module: each is read, or refused with an error of its own kind.</summary>
public sealed class WrittenFileFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const string Server = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/shop";

    private static readonly byte[] Parameters = """{"parameters":{"minimumRetentionDays":{"value":14},"NET-001.effect":{"value":"Audit"},"maximumPublicAddresses":{"value":256}}}"""u8.ToArray();

    private static readonly byte[] Exemptions = Encoding.UTF8.GetBytes($$"""
        [{"name":"moves","scope":"{{Server}}","controls":["NET-006","DAT-*"],"reason":"It moves in March.","owner":"a@contoso.com","expiresOn":"2999-01-01"},
         {"name":"all","scope":"/subscriptions/*/resourceGroups/rg","controls":["*"],"reason":"Test.","owner":"b@contoso.com","expiresOn":"2027-01-01T00:00:00Z"}]
        """);

    private static readonly byte[] Plan = """
        {"schema":"pgsecurity/masking-plan/1","approvedBy":"dpo@contoso.com","columns":[
          {"schema":"public","table":"people","column":"email","type":"text","sensitive":true,"category":"email","rule":"anon.fake_email()","decidedBy":"dpo@contoso.com"},
          {"schema":"public","table":"people","column":"id","type":"bigint","sensitive":false,"decidedBy":"dpo@contoso.com","reason":"A number."}]}
        """u8.ToArray();

    private static readonly byte[] Grants = """[{"database":"shop","kind":"relation","object":"public.people","grantee":"clerk","privilege":"SELECT"}]"""u8.ToArray();

    private static readonly byte[] Journal = Encoding.UTF8.GetBytes($$"""
        {"schema":"pgsecurity/change/1","event":"intent","changeId":"c1","runId":"r1","time":"2026-11-24T03:00:00Z","resourceId":"{{Server}}","controls":["LOG-005"],"step":"parameter log_connections","targetId":"{{Server}}/configurations/log_connections","before":{"value":"off"},"after":{"value":"on"},"class":"Reversible"}
        {"schema":"pgsecurity/change/1","event":"result","changeId":"c1","runId":"r1","time":"2026-11-24T03:00:09Z","status":"Changed"}
        """);

    private readonly string _folder = Directory.CreateTempSubdirectory("pgsecurity-fuzz-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Parameter_files() => FuzzRun.Each(output, 2_000, random =>
        Expect<ControlFormatException>(() => ParameterFile.Parse(Text(Parameters, random), "parameters.json", Catalogue.All)));

    [Fact]
    public void Exemption_files() => FuzzRun.Each(output, 2_000, random =>
    {
        ExemptionSet set = ExemptionFile.Parse(Text(Exemptions, random), "exemptions.json");
        Assert.All(set.Errors, error => Assert.NotEmpty(error.Advice));
        _ = set.Warnings(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero)).ToList();
    });

    [Fact]
    public void Masking_plans() => FuzzRun.Each(output, 2_000, random =>
        Expect<MaskingException>(() => MaskingPlanFile.ReadText(Text(Plan, random), "plan.json")));

    [Fact]
    public void Wanted_grants() => FuzzRun.Each(output, 500, random =>
        Expect<FormatException>(() => WantedGrants.Load(Write(random, Mutated(Grants, random)))));

    [Fact]
    public void Journals() => FuzzRun.Each(output, 1_000, random =>
    {
        List<string> problems = new();
        Assert.All(JournalReader.Read(Write(random, Mutated(Journal, random)), problems), entry => Assert.NotNull(entry.ChangeId));
        Assert.All(problems, Assert.NotEmpty);
    });

    [Fact]
    public void Key_files() => FuzzRun.Each(output, 500, random =>
    {
        byte[] file = Encoding.UTF8.GetBytes("""
            {"schema":"pgsecurity/key/1","keyId":"00112233445566778899aabbccddeeff","column":"public.people.email","createdAt":"2026-11-24T00:00:00Z","key":{"wrapper":"local","keyId":"k","value":"AAAA"}}
            """);
        Expect<EncryptionException>(() => KeyFile.Load(Write(random, Mutated(file, random))));
    });

    [Fact]
    public void Definitions() => FuzzRun.Each(output, 1_500, random =>
    {
        string path = Write(random, Mutated(Corpus.Any(Corpus.Definitions, random), random));
        List<ControlError> errors = new();
        ControlCatalog catalog = ControlCatalog.Empty.WithDefinitions([path]);
        Evaluator evaluator = Catalogue.EvaluatorOf(catalog, errors);
        Assert.All(catalog.Errors.Concat(errors), error => Assert.NotEmpty(error.Reason));
        foreach (Posture posture in PostureReader.Read(new MemoryStream(Corpus.Any(Corpus.Snapshots, random)), "estate").Select(result => result.Posture!))
        {
            _ = evaluator.Evaluate(posture).ToList();
        }
    });

    private static byte[] Mutated(byte[] input, Random random) =>
        random.Next(3) == 0 ? ByteMutation.Of(input, random) : JsonMutation.Of(input, random);

    private static string Text(byte[] input, Random random) => Encoding.UTF8.GetString(Mutated(input, random));

    private string Write(Random random, byte[] bytes)
    {
        string path = Path.Combine(_folder, $"{random.NextInt64():x}.jsonl");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static void Expect<T>(Action read)
        where T : Exception
    {
        try
        {
            read();
        }
        catch (T refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using PgSecurity.Database.Tests.Masking;
using Xunit;

namespace PgSecurity.Tests.Masking;

/// <summary>What tests of the cmdlets of masking share: a session, and a shop made anew for each test.</summary>
public abstract class LiveCommandTests(ModuleSession session, MaskingLab lab) : IAsyncLifetime, IDisposable
{
    internal const string At = "localhost shop -Credential $credential";

    protected ModuleSession Session { get; } = session;

    protected MaskingLab Lab { get; } = lab;

    internal TemporaryFolder Folder { get; } = new();

    public Task InitializeAsync() => new LiveShop(Lab, Session).OpenAsync(Folder);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a script that has to be refused by one error of an id, and changes nothing.</summary>
    protected ErrorRecord Refused(string script, string id)
    {
        string before = Everything();
        IReadOnlyList<PSObject> output = Session.Run(script);
        Assert.Empty(output);
        ErrorRecord error = Assert.Single(Session.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.DoesNotContain(Lab.Cluster.Password, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, Everything());
        return error;
    }

    /// <summary>The rows, rights and relations of the shop.</summary>
    protected string Everything() => string.Join("\n", Lab.Read(
        "select (select string_agg(c::text, ';' order by id) from public.customer c), (select string_agg(e::text, ';') from hr.employee e), (select string_agg(relnamespace::text || relname || coalesce(relacl::text, ''), ';' order by oid) from pg_class where oid >= 16384), (select count(*) from pg_foreign_server)",
        "shop"));
}

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Fronts;

namespace PgSecurity.Sessions;

/// <summary>Connects to a sandbox that is made from a snapshot. Its clock stands where the snapshot was taken, so that ages are the snapshot's.</summary>
internal static class SandboxConnection
{
    private const string Account = "sandbox";

    /// <summary>Makes the connection.</summary>
    /// <param name="snapshot">The snapshot's path.</param>
    /// <param name="subscriptions">The subscriptions that are meant where none is named; all of the snapshot's where there are none.</param>
    /// <exception cref="FormatException">The file is no snapshot.</exception>
    public static Connection Make(string snapshot, IReadOnlyList<string> subscriptions)
    {
        DateTimeOffset start = TakenAt(snapshot) ?? DateTimeOffset.UtcNow;
        TimeSpan lag = DateTimeOffset.UtcNow - start;
        SandboxClock clock = new(() => DateTimeOffset.UtcNow - lag);
        SandboxArm arm = SandboxArm.Load(snapshot, new SandboxOptions { Clock = clock, Caller = Account });
        RequestLog requests = new();
        ArmClientOptions options = new() { Transport = new SandboxTransport(arm), Clock = new ClientClock(clock), Log = requests.Add, PollDelay = TimeSpan.Zero, RetryDelay = TimeSpan.Zero };
        AzureSession session = new(
            new ArmClient(new ArmEndpoint(AzureCloud.Public.ResourceManager), null, options),
            new ArmClient(new ArmEndpoint(AzureCloud.Public.Graph), null, options),
            AzureCloud.Public,
            "sandbox: " + snapshot)
        {
            Account = Account,
            TenantId = arm.Options.TenantId,
            IsSandbox = true,
            Subscriptions = subscriptions,
            VaultClients = host => new ArmClient(new ArmEndpoint(new Uri("https://" + host)), new SandboxToken(), options),
        };
        return new Connection(session, requests, sandbox: arm);
    }

    private static DateTimeOffset? TakenAt(string snapshot)
    {
        foreach (PostureReadResult result in PostureReader.Read(snapshot))
        {
            if (result.Posture is Posture posture) return posture.CollectedAt;
        }

        return null;
    }

    /// <summary>A vault asks for a token, and the sandbox looks only whether there is one.</summary>
    private sealed class SandboxToken : TokenCredential
    {
        /// <inheritdoc/>
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("sandbox", DateTimeOffset.MaxValue);

        /// <inheritdoc/>
        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    private sealed class ClientClock : ArmClock
    {
        private readonly SandboxClock _clock;

        internal ClientClock(SandboxClock clock) => _clock = clock;

        /// <inheritdoc/>
        public override DateTimeOffset UtcNow => _clock.UtcNow;

        /// <inheritdoc/>
        public override Task DelayAsync(TimeSpan time, CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            _clock.Advance(time);
            return Task.CompletedTask;
        }
    }
}

using System.Net;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Bans;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting.Bans;

public sealed class AbuseReporterTests
{
    private readonly BanList _bans = new();

    [Theory]
    [InlineData(CloseReason.FrameTooLong, "bad framing")]
    [InlineData(CloseReason.FrameTimeout, "bad framing")]
    [InlineData(CloseReason.BadFrame, "bad framing")]
    [InlineData(CloseReason.NotTls, "failed handshakes")]
    [InlineData(CloseReason.HandshakeFailed, "failed handshakes")]
    [InlineData(CloseReason.HandshakeTimeout, "failed handshakes")]
    [InlineData(CloseReason.PeerClosed, null)]
    [InlineData(CloseReason.Reset, null)]
    [InlineData(CloseReason.Closed, null)]
    [InlineData(CloseReason.Idle, null)]
    [InlineData(CloseReason.SlowConsumer, null)]
    [InlineData(CloseReason.HandlerFault, null)]
    [InlineData(CloseReason.Drained, null)]
    public void Tells_what_its_client_did_from_why_a_connection_ended(CloseReason reason, string? reported)
    {
        ChildChannel child = Served(Reporter());

        child.ResetBecause(reason);

        Assert.Equal(reported, _bans.List().SingleOrDefault()?.Reason);
    }

    [Fact]
    public void Tells_nothing_of_a_connection_for_whose_end_nobody_gave_a_reason()
    {
        ChildChannel child = Served(Reporter());

        child.Unsafe.CloseForcibly();

        Assert.True(_bans.IsEmpty);
    }

    [Fact]
    public void Reports_the_client_that_a_header_named_not_the_proxy()
    {
        ChildChannel child = Served(Reporter());
        ConnectionLease.Of(child).Client = ClientAddress.Of(IPAddress.Parse("203.0.113.1"));

        child.ResetBecause(CloseReason.FrameTooLong);

        Assert.Equal("203.0.113.1/32", Assert.Single(_bans.List()).Block.ToString());
    }

    [Fact]
    public void Knows_its_client_though_the_system_does_not_any_more()
    {
        var child = new ForgottenChannel();
        child.Pipeline.AddLast(Reporter());

        child.IsForgotten = true;
        child.ResetBecause(CloseReason.FrameTooLong);

        Assert.Equal("192.0.2.7/32", Assert.Single(_bans.List()).Block.ToString());
    }

    [Fact]
    public void One_serves_all_connections()
    {
        AbuseReporter reporter = Reporter();
        ChildChannel[] children = [Served(reporter), Served(reporter)];

        Array.ForEach(children, child => child.ResetBecause(CloseReason.FrameTooLong));

        Assert.All(children, child => Assert.False(child.Open));
        Assert.Single(_bans.List());
    }

    private static ChildChannel Served(AbuseReporter reporter)
    {
        var child = new ChildChannel();
        child.Pipeline.AddLast(reporter);
        return child;
    }

    private AbuseReporter Reporter() => new(new BanScore(_bans, new BanOptions { BadFraming = 1, FailedHandshake = 1, Threshold = 1 }));

    /// <summary>A connection that its peer has reset, so that the system does not know any more whose it was.</summary>
    private sealed class ForgottenChannel : EmbeddedChannel
    {
        public bool IsForgotten { get; set; }

        protected override EndPoint? RemoteAddressInternal => IsForgotten ? null : ChildChannel.Peer;
    }
}

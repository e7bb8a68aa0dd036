using System.Net;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Bans;
using EsockdNetty.Tests.Rebinding;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Accepting.Bans;

public sealed class BanLogTests
{
    private readonly LateLoop _loop = new();
    private readonly ListLogger _lines = new();
    private readonly BanList _bans;
    private readonly BanLog _log;
    private readonly BanScore _score;

    public BanLogTests()
    {
        var time = new HandTime();
        _bans = new BanList(time: time);
        _log = new BanLog(_loop, _lines);
        _score = new BanScore(_bans, new BanOptions { BadFraming = 1, FailedHandshake = 2, Threshold = 2 }, time) { Banned = _log.Banned };
    }

    [Fact]
    public void A_ban_is_told_with_the_client_and_what_it_did()
    {
        _score.Report(Client(1), Abuse.FailedHandshake);

        PassASecond();

        Assert.Equal(
            (LogLevel.Warning, 205, "1 ban was earned by points, the last by 192.0.2.1: failed handshakes; 0 more not listed. Remedy: lift the ban, and name the client in Bans:NeverBan, if it should be served"),
            Assert.Single(_lines.Lines));
    }

    [Fact]
    public void A_client_that_is_banned_twice_is_not_told_as_two_clients()
    {
        _score.Report(Client(1), Abuse.FailedHandshake);
        _score.Report(Client(1), Abuse.FailedHandshake);

        PassASecond();

        Assert.StartsWith("2 bans were earned by points, the last by 192.0.2.1: failed handshakes; 1 more not listed", Assert.Single(_lines.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_that_do_not_suffice_are_not_told()
    {
        _score.Report(Client(1), Abuse.BadFraming);

        PassASecond();

        Assert.Empty(_lines.Lines);
    }

    [Fact]
    public void A_ban_by_call_is_not_told()
    {
        _bans.Ban(Client(1), TimeSpan.FromHours(1), "by hand");

        PassASecond();

        Assert.Empty(_lines.Lines);
    }

    [Fact]
    public void However_many_are_banned_a_second_has_one_line_with_their_number()
    {
        for (int second = 0; second < 3; second++)
        {
            for (int client = 0; client < 50; client++)
            {
                _score.Report(Client((second * 50) + client), Abuse.FailedHandshake);
            }

            PassASecond();
        }

        Assert.Equal(3, _lines.Lines.Count);
        Assert.All(_lines.Lines, static line => Assert.Matches("^50 bans were earned .*; 49 more", line.Text));
    }

    [Fact]
    public void What_is_left_at_the_end_is_told()
    {
        _score.Report(Client(1), Abuse.FailedHandshake);

        _log.Flush();

        Assert.Single(_lines.Lines);
    }

    private static ClientAddress Client(int number) => ClientAddress.Of(new IPAddress([192, 0, 2, (byte)number]));

    private void PassASecond()
    {
        _loop.Stall(TimeSpan.FromSeconds(1));
        _loop.Turn();
    }
}

using Acme.Chat;
using Acme.Hosting;
using DotNetty.Transport.Channels;

namespace DotNetty.Compatibility.Tests.Corpus.Chat;

public sealed class ChatTests : IAsyncLifetime
{
    private readonly ChatRoom _room = new();
    private readonly List<TcpDialer> _dialers = [];
    private TcpHost? _host;

    public Task InitializeAsync()
    {
        _host = new TcpHost(new ChatInitializer(new ChatHandler(_room)));
        return Within.Reached(_host.StartAsync());
    }

    public async Task DisposeAsync()
    {
        await Within.Reached(_room.CloseAllAsync());
        await Within.Reached(Task.WhenAll(_dialers.Select(dialer => dialer.StopAsync())));
        await Within.Reached(_host!.StopAsync());
    }

    [Fact]
    public async Task What_one_says_the_others_read()
    {
        (IChannel ann, ChatClient annReads) = await JoinAsync("Ann");
        (IChannel bob, ChatClient bobReads) = await JoinAsync("Bob");
        Assert.Equal("Bob joined", await NextAsync(annReads));

        await Within.Reached(bob.WriteAndFlushAsync("hi all"));
        string heard = await NextAsync(annReads);
        await Within.Reached(ann.WriteAndFlushAsync("hi Bob"));
        string answered = await NextAsync(bobReads);

        Assert.Equal(("Bob: hi all", "Ann: hi Bob"), (heard, answered));
    }

    [Fact]
    public async Task Who_quits_hears_goodbye_and_the_others_are_told()
    {
        (_, ChatClient annReads) = await JoinAsync("Ann");
        (IChannel bob, ChatClient bobReads) = await JoinAsync("Bob");
        Assert.Equal("Bob joined", await NextAsync(annReads));

        await Within.Reached(bob.WriteAndFlushAsync("/quit"));

        Assert.Equal("bye", await NextAsync(bobReads));
        await Within.Reached(bobReads.Lines.Completion);
        Assert.Equal("Bob left", await NextAsync(annReads));
        Assert.Equal(1, _room.Count);
    }

    private async Task<(IChannel Channel, ChatClient Client)> JoinAsync(string nick)
    {
        var client = new ChatClient();
        var dialer = new TcpDialer(TimeSpan.FromSeconds(1), pipeline => pipeline.AddLast(new ChatInitializer(client)));
        _dialers.Add(dialer);
        IChannel channel = await Within.Reached(dialer.ConnectAsync(_host!.Address));
        Assert.Equal("who are you?", await NextAsync(client));
        await Within.Reached(channel.WriteAndFlushAsync(nick));
        Assert.Equal(nick + " joined", await NextAsync(client));
        return (channel, client);
    }

    private static Task<string> NextAsync(ChatClient client) => Within.Reached(client.Lines.ReadAsync().AsTask());
}

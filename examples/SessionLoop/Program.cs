using EsockdNetty;

await using var server = new SocketServer();
Listener echo = await server.OpenAsync(new("echo", "tcp://127.0.0.1:5000"), async (session, closed) =>
{
    while (await session.ReceiveAsync(closed) is { } packet)
    {
        await session.SendAsync(packet, closed);
    }
});
Console.WriteLine($"listening on {echo.Address}");
await server.RunAsync();

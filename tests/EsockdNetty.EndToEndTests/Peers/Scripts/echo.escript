#!/usr/bin/env escript
%% -*- erlang -*-
%% Talks to an echo server through gen_tcp or ssl in one packet mode, and expects every frame back as it went:
%%   escript echo.escript tcp|ssl PORT raw|1|2|4|line CA-FILE
%% Prints the number of frames echoed; ends with 1 and the reason at the first that is not.
-mode(compile).

-define(WAIT, 20000).
-define(SIZES, [0, 1, 2, 3, 10, 100, 255, 256, 1459, 1460, 1461, 4095, 4096, 4097, 16383, 16384, 16385,
                32767, 32768, 65534, 65535, 65536, 70000]).

main([Transport, Port, Mode, Authority]) ->
    {ok, _} = application:ensure_all_started(ssl),
    Module = case Transport of "tcp" -> gen_tcp; "ssl" -> ssl end,
    Packet = case Mode of "raw" -> raw; "line" -> line; Digit -> list_to_integer(Digit) end,
    Connect = fun() -> connect(Module, list_to_integer(Port), Authority) end,
    Payloads = [payload(Packet, Size) || Size <- ?SIZES, fits(Packet, Size)],

    whole(Module, Connect(), Packet, Payloads),
    coalesced(Module, Connect(), Packet, small(Payloads)),
    split(Module, Connect(), Packet, small(Payloads)),
    byte_by_byte(Module, Connect(), Packet, [Payload || Payload <- Payloads, byte_size(Payload) =< 300]),
    io:format("~b~n", [length(Payloads) + 2 * length(small(Payloads))]).

%% Each payload sent by the packet mode itself, and awaited before the next.
whole(Module, Socket, Packet, Payloads) ->
    ok = setopts(Module, Socket, [{packet, Packet}]),
    [begin
         ok = Module:send(Socket, Payload),
         expect(Module, Socket, Packet, Payload, whole)
     end || Payload <- Payloads],
    Module:close(Socket).

%% All frames in one write.
coalesced(Module, Socket, Packet, Payloads) ->
    ok = Module:send(Socket, [frame(Packet, Payload) || Payload <- Payloads]),
    receive_all(Module, Socket, Packet, Payloads, coalesced).

%% The same bytes in pieces of 1, 2, 3, ... bytes that know nothing of the frames.
split(Module, Socket, Packet, Payloads) ->
    Bytes = iolist_to_binary([frame(Packet, Payload) || Payload <- Payloads]),
    send_growing(Module, Socket, Bytes, 1),
    receive_all(Module, Socket, Packet, Payloads, split).

byte_by_byte(Module, Socket, Packet, Payloads) ->
    Bytes = iolist_to_binary([frame(Packet, Payload) || Payload <- Payloads]),
    [ok = Module:send(Socket, <<Byte>>) || <<Byte>> <= Bytes],
    receive_all(Module, Socket, Packet, Payloads, byte_by_byte).

send_growing(_, _, <<>>, _) -> ok;
send_growing(Module, Socket, Bytes, Size) ->
    Now = min(Size, byte_size(Bytes)),
    <<Piece:Now/binary, Rest/binary>> = Bytes,
    ok = Module:send(Socket, Piece),
    send_growing(Module, Socket, Rest, Size + 1).

%% Nothing was read so far: from here on what has come is cut in the packet mode.
receive_all(Module, Socket, Packet, Payloads, How) ->
    ok = setopts(Module, Socket, [{packet, Packet}]),
    [expect(Module, Socket, Packet, Payload, How) || Payload <- Payloads],
    Module:close(Socket).

expect(Module, Socket, raw, Payload, How) ->
    same(Module:recv(Socket, byte_size(Payload), ?WAIT), Payload, How);
expect(Module, Socket, _, Payload, How) ->
    same(Module:recv(Socket, 0, ?WAIT), Payload, How).

same({ok, Payload}, Payload, _) -> ok;
same({ok, Other}, Payload, How) -> fail(How, Payload, {bytes, byte_size(Other), first(Other)});
same(Error, Payload, How) -> fail(How, Payload, Error).

fail(How, Payload, Got) ->
    io:format("~p: sent ~b bytes ~p, got ~p~n", [How, byte_size(Payload), first(Payload), Got]),
    halt(1).

first(Bytes) -> binary:part(Bytes, 0, min(16, byte_size(Bytes))).

connect(gen_tcp, Port, _) ->
    {ok, Socket} = gen_tcp:connect({127, 0, 0, 1}, Port, options(), ?WAIT),
    Socket;
connect(ssl, Port, Authority) ->
    Trust = [{verify, verify_peer}, {cacertfile, Authority}, {server_name_indication, "localhost"}],
    {ok, Socket} = ssl:connect({127, 0, 0, 1}, Port, Trust ++ options(), ?WAIT),
    Socket.

%% A buffer above the longest line: gen_tcp hands over longer ones in pieces.
options() -> [binary, {active, false}, {nodelay, true}, {packet, raw}, {buffer, 262144}].

setopts(gen_tcp, Socket, Options) -> inet:setopts(Socket, Options);
setopts(ssl, Socket, Options) -> ssl:setopts(Socket, Options).

%% Little enough that it all waits in the sockets while nobody reads here.
small(Payloads) -> [Payload || Payload <- Payloads, byte_size(Payload) =< 17000].

fits(raw, Size) -> Size > 0;
fits(1, Size) -> Size =< 255;
fits(2, Size) -> Size =< 65535;
fits(_, _) -> true.

frame(1, Payload) -> [<<(byte_size(Payload)):8>>, Payload];
frame(2, Payload) -> [<<(byte_size(Payload)):16>>, Payload];
frame(4, Payload) -> [<<(byte_size(Payload)):32>>, Payload];
frame(_, Payload) -> Payload.

payload(line, Size) -> <<(text(Size))/binary, $\n>>;
payload(_, Size) -> text(Size).

text(Size) -> << <<($a + (N + Size) rem 26)>> || N <- lists:seq(1, Size) >>.
